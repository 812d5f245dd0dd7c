"""A kit on a student's machine: an environment of its own, two commands, no course and no jail around it."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
ASSIGNMENT = "iith-ai5100-2023-a3"
REFERENCE = (ROOT / "reference" / "optimizers.py").read_text(encoding="utf-8")
BIN = "Scripts" if os.name == "nt" else "bin"

Execute = Callable[[Path], dict[str, str]]


def definition(name: str, text: str = REFERENCE) -> str:
    """Return the source of a function or class of the reference (or another text)."""
    node = next(node for node in ast.parse(text).body if getattr(node, "name", "") == name)
    return ast.get_source_segment(text, node) or ""


@dataclass(frozen=True)
class Machine:
    """A student's machine: a released kit in a folder with an odd name, and its environment."""

    kit: Path
    python: Path
    environment: dict[str, str]

    def run(self, *command: str, typed: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command as the student would in the kit's folder, whatever surrounds this test."""
        program = str(self.python.with_name(command[0]))
        return subprocess.run(
            [program, *command[1:]], cwd=folder or self.kit, input=typed, env=self.environment,
            capture_output=True, text=True, encoding="utf-8", check=False, timeout=240,
        )  # fmt: skip


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Release a kit and install it by its first command, with the present PyTorch: it takes a gigabyte."""
    base = tmp_path_factory.mktemp("student")
    home, kit = base / "home", base / "Übung 3 (neu)"
    home.mkdir()
    release = [sys.executable, "-m", "grader", "release", ASSIGNMENT, "--to", str(kit), "--format", "both"]
    subprocess.run(release, cwd=ROOT, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", str(base / "venv")], check=True)
    for entry in torch_parts(Path(sys.prefix)):
        (site(base / "venv") / entry.name).symlink_to(entry)
    keep = {
        name: value for name, value in os.environ.items() if name.startswith("PIP_") or name in {"SYSTEMROOT", "TEMP"}
    }
    path = os.pathsep.join([str(base / "venv" / BIN), os.defpath])
    # PyTorch's own index need not be within reach, nor answer: what it has is here already.
    keep |= {"PIP_RETRIES": "0", "PIP_TIMEOUT": "5"}
    clean = {**keep, "PATH": path, "HOME": str(home), "USERPROFILE": str(home), "COLUMNS": "100", "PYTHONUTF8": "1"}
    machine = Machine(kit, base / "venv" / BIN / "python", clean)
    done = machine.run("python", "-m", "pip", "install", "-r", "requirements.txt")
    assert done.returncode == 0, done.stderr
    return machine


def site(environment: Path) -> Path:
    """Return the folder of an environment's packages."""
    return next(environment.glob("[Ll]ib/python3*/site-packages"), environment / "Lib" / "site-packages")


def torch_parts(environment: Path) -> list[Path]:
    """Return what PyTorch consists of, as far as it was installed by itself."""
    return [entry for name in ("torch", "torch-*", "torchgen", "functorch") for entry in site(environment).glob(name)]


@pytest.fixture
def stubs(machine: Machine) -> Iterator[Path]:
    """The stubs as they came; whatever a test writes is undone."""
    yield from undone(machine.kit / "student" / "optimizers.py")


@pytest.fixture
def notebook(machine: Machine) -> Iterator[Path]:
    """The notebook as it came; whatever a test writes is undone."""
    yield from undone(machine.kit / "student" / f"{ASSIGNMENT}.ipynb")


def undone(file: Path) -> Iterator[Path]:
    before = file.read_bytes()
    yield file
    file.write_bytes(before)


def fill(file: Path, *names: str) -> None:
    """Put the reference's definitions of `names` in the place of stubs."""
    text = file.read_text(encoding="utf-8")
    for name in names:
        text = text.replace(definition(name, text), definition(name))
    file.write_text(text, encoding="utf-8")


def table(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return the marks of the table at the end of pytest by question."""
    rows = re.findall(r"^  ([\w.]+|by these checks) +([\d.]+ / [\d.]+)", done.stdout, re.MULTILINE)
    return dict(rows)


# ── stubs ─────────────────────────────────────────────────────────────────────────────────────────


def test_untouched_stubs_are_not_implemented_and_earn_nothing(machine: Machine) -> None:
    done = machine.run("pytest")
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr == ""
    assert "FAILURES" not in done.stdout
    assert re.search(r"^=+ \d+ not implemented in ", done.stdout, re.MULTILINE)
    assert table(done)["by these checks"] == "0 / 36"
    assert set(table(done).values()) == {*(f"0 / {marks}" for marks in ("2", "2.5", "3", "3.5", "4", "6", "36"))}


def test_no_package_is_compiled_anew_for_the_first_run(machine: Machine) -> None:
    """For what has a plugin of pytest's, hypothesis among it, that takes longer than all checks of a question."""
    machine.run("pytest", "--question", "optimizers.sgd")
    packages = site(machine.python.parent.parent)
    assert (packages / "hypothesis" / "__init__.py").is_file()
    assert [path.name.partition(".")[0] for path in packages.rglob("*-pytest-*.pyc")] in ([], ["entry"])


def test_a_filled_stub_earns_its_marks_and_no_others(machine: Machine, stubs: Path) -> None:
    fill(stubs, "Momentum")
    assert table(machine.run("pytest")) == {
        "saliency.vanilla": "0 / 2", "saliency.guided": "0 / 3", "saliency.cam": "0 / 4",
        "saliency.grad_cam": "0 / 6", "saliency.picture": "0 / 2.5",
        "optimizers.sgd": "0 / 2", "optimizers.momentum": "3 / 3", "optimizers.nesterov": "0 / 3",
        "optimizers.adagrad": "0 / 3", "optimizers.rmsprop": "0 / 4", "optimizers.picture": "0 / 3.5",
        "by these checks": "3 / 36",
    }  # fmt: skip
    one = machine.run("pytest", "--question", "optimizers.momentum")
    assert one.returncode == 0
    assert table(one) == {"optimizers.momentum": "3 / 3", "by these checks": "3 / 3"}


def test_a_debugger_stops_inside_the_students_function(machine: Machine, stubs: Path) -> None:
    fill(stubs, "Momentum")
    text = stubs.read_text(encoding="utf-8")
    body = definition("Momentum").rpartition("\n")[2]
    stubs.write_text(text.replace(body, f"        breakpoint()\n{body}"), encoding="utf-8")
    typed = "print('rate', self.learning_rate * 1000)\nq\n"
    done = machine.run("pytest", "-s", "--question", "optimizers.momentum", typed=typed)
    assert "rate 100.0" in done.stdout
    assert "optimizers.py" in done.stdout
    stubs.write_text(text.replace(body, f"        found = 6 * 7\n        raise KeyError\n{body}"), encoding="utf-8")
    done = machine.run("pytest", "--pdb", "--question", "optimizers.momentum", typed="p ('found', found)\nq\n")
    assert "('found', 42)" in done.stdout


def test_pytest_is_found_from_the_folder_of_stubs_too(machine: Machine, stubs: Path) -> None:
    fill(stubs, "Momentum")
    done = machine.run("pytest", "--question", "optimizers.momentum", "../tests/public", folder=stubs.parent)
    assert table(done)["by these checks"] == "3 / 3", done.stdout


def test_the_engine_packs_itself_alike_where_it_was_installed_from_a_wheel(machine: Machine) -> None:
    code = "from grader.kit.engine import engine_wheel; print(engine_wheel().content.hex())"
    [wheel] = (machine.kit / "engine").iterdir()
    assert bytes.fromhex(machine.run("python", "-c", code).stdout) == wheel.read_bytes()


def test_every_student_gets_the_versions_that_the_grader_uses(machine: Machine) -> None:
    lines = (machine.kit / "requirements.txt").read_text().splitlines()
    wanted = [Requirement(line) for line in lines if not line.startswith("--")]
    asked = {one.name: str(one.specifier)[2:] for one in wanted if one.marker is None or one.marker.evaluate()}
    assert {"hypothesis", "numpy", "pytest", "gradproof", "torch"} <= asked.keys()
    listed = machine.run("python", "-m", "pip", "list", "--format", "json").stdout
    there = {found["name"].lower().replace("_", "-"): found["version"] for found in json.loads(listed)}
    assert {name: there.get(name) for name in asked} == asked


def test_a_student_without_pytorch_is_told_so_once_and_the_rest_is_checked(machine: Machine, stubs: Path) -> None:
    fill(stubs, "Momentum")
    torch = site(machine.python.parents[1]) / "torch"
    aside = torch.rename(torch.with_name("aside"))
    try:
        done = machine.run("pytest")
    finally:
        aside.rename(torch)
    assert done.stdout.count("this Python has no PyTorch: run `python -m pip install -r requirements.txt`") == 1
    assert table(done)["by these checks"] == "3 / 36"


# ── the notebook ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def execute(machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Execute:
    """Run all cells of a notebook in a kernel of the student's; return what each cell printed by its source."""
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    command = [str(machine.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "", "language": "python"}))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("HOME", machine.environment["HOME"])

    def run(file: Path) -> dict[str, str]:
        document = nbformat.read(file, as_version=4)
        resources = {"metadata": {"path": str(file.parent)}}
        NotebookClient(document, timeout=60, kernel_name="python3", resources=resources).execute()
        code = [cell for cell in document.cells if cell.cell_type == "code"]
        return {cell.source: "".join(map(words, cell.outputs)) for cell in code}

    def words(output: dict[str, Any]) -> str:
        return output.get("text") or "".join(output.get("data", {}).get("text/plain", ""))

    return run


def change(file: Path, *changes: tuple[str, str], after: dict[str, list[str]] | None = None) -> None:
    """Replace text in a notebook's cells, and add cells after those that have a source of `after`."""
    document = nbformat.read(file, as_version=4)
    cells = []
    for cell in document.cells:
        for old, new in changes:
            cell.source = cell.source.replace(old, new)
        cells += [cell, *map(nbformat.v4.new_code_cell, (after or {}).get(cell.source, []))]
    document.cells = cells
    nbformat.write(document, file)


def rows(printed: str) -> list[str]:
    lines = (re.sub("[█░]+", "", line) for line in printed.splitlines())
    return [" ".join(line.split()) for line in lines if " / " in line and line.startswith("  ")]


def test_the_notebook_as_it_came_is_not_implemented(execute: Execute, notebook: Path) -> None:
    printed = execute(notebook)
    assert printed['check("optimizers.momentum")'].splitlines()[0] == "2 (b) SGD with momentum (optimizers.momentum)"
    assert [row.partition(" / ")[0] for row in rows(printed['check("optimizers.momentum")'])] == [
        *["not implemented 0"] * 3,
        "by these checks 0",
    ]
    assert rows(printed["check()"])[-1] == "by these checks 0 / 36"


def test_a_notebook_is_checked_as_it_is_in_the_kernel(execute: Execute, notebook: Path) -> None:
    wrong = definition("AdaGrad").replace("np.sqrt(", "np.sqrt(self.epsilon + ").replace(") + self.epsilon)", "))")
    assert wrong != definition("AdaGrad")
    stub = (notebook.parent / "optimizers.py").read_text(encoding="utf-8")
    checks = 'check("optimizers.adagrad")'
    change(
        notebook,
        (definition("Momentum", stub), definition("Momentum")),
        (definition("Nesterov", stub), "class Nesterof: pass"),
        (definition("AdaGrad", stub), wrong),
        (definition("RMSProp", stub), "class RMSProp:\n    def __init__(self, **k): raise SystemExit(k[9])"),
        after={
            checks: [definition("AdaGrad"), f"{checks}  # again"],
            "check()": ['check("optimizers.momentun")', "import os; os.chdir('/'); check()", "print('still', 'here')"],
        },
    )
    printed = execute(notebook)
    momentum = printed['check("optimizers.momentum")']
    assert rows(momentum)[-1] == "by these checks 3 / 3"
    assert "All of these pass" in momentum
    nesterov = "Nesterov is not defined in this notebook's kernel; did you mean `Nesterof`?"
    assert printed['check("optimizers.nesterov")'].count(nesterov) == 1
    first, again = printed[checks], printed[f"{checks}  # again"]
    assert rows(first)[-1] == "by these checks 2.5 / 3"
    assert "── epsilon is added outside the root ──\nDivide by 2 more" in first
    assert "epsilon stands inside the square root" in first
    assert "To reproduce:" in first
    assert "import AdaGrad" not in first
    assert rows(again)[-1] == "by these checks 3 / 3"
    assert re.search(r"Cell In\[\d+\]:2 in __init__: def __init__", printed['check("optimizers.rmsprop")'])
    assert rows(printed["check()"])[-1] == "by these checks 6 / 36"
    assert printed["check()"].splitlines()[-1].strip() == 'check("optimizers.rmsprop")'  # begun, unlike the first
    assert "did you mean `optimizers.momentum`?" in printed['check("optimizers.momentun")']
    assert printed["import os; os.chdir('/'); check()"].startswith("error: ")
    assert printed["print('still', 'here')"] == "still here\n"


def test_the_notebook_is_graded_like_the_script(machine: Machine, notebook: Path, stubs: Path, tmp_path: Path) -> None:
    untouched = stubs.read_text(encoding="utf-8")
    change(notebook, *((definition(name, untouched), definition(name)) for name in ("Momentum", "RMSProp")))
    assert table(machine.run("pytest", f"--submission={notebook}"))["by these checks"] == "7 / 36"
    assert table(machine.run("pytest"))["by these checks"] == "7 / 36"  # beside stubs that nobody touched
    fill(stubs, "Momentum", "RMSProp")
    marks = []
    for work in (notebook, stubs, notebook.parent):
        command = [sys.executable, "-m", "grader", "run", str(work), "-a", ASSIGNMENT, "--json", "-"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        result = json.loads(done.stdout)
        marks.append([(q["id"], q["marks"], [c["outcome"] for c in q["criteria"]]) for q in result["questions"]])
    assert marks[0] == marks[1] == marks[2]
    earned = {question: earned for question, earned, _ in marks[0] if earned != "0"}
    assert earned == {"optimizers.momentum": "3", "optimizers.rmsprop": "4"}
