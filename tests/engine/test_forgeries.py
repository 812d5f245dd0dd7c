"""Cheats: none earns a mark, none reads what it must not, none harms the grader or the next submission.

Each file of attacks/ is laid over the untouched stubs and graded in every isolation that this machine
has, with the suites, the reference, the rubric, a home, a neighbour and another grading job in reach
as far as file modes go, each holding a word that must come out nowhere.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.sandbox.probe import lock_problem, room_problem

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ASSIGNMENT = "iith-ai5100-2023-a3"
ATTACKS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "attacks").glob("*.py"))}
FULL_MARKS = "15"
REFERENCE_AFTER_EVERY = 8
# How every criterion may end besides what the attack itself says.
ALWAYS = {"not_implemented", "skipped", "to_be_marked"}
# What an attack says when it got hold of something.
BOASTS = ("read: [", "answers found: [", "state survived: [", "opened /", "companion ran")

# Where an attack says only what is done in a call, it is done in each.
EVERYWHERE = """

class Attack:
    def __init__(self, *args, **kwargs):
        pass

    def step(self, parameters, gradient):
        return attack(parameters, gradient)


bowl = bowl_gradient = descend = lambda *args: attack(*args[:2])
SGD = Momentum = Nesterov = AdaGrad = RMSProp = Attack
"""

# What names that some tool would run or import by itself hold.
COMPANION = """
import os
for path in {places!r}:
    open(os.path.join(os.path.dirname(path), "companion"), "w").write("ran")
raise SystemExit("companion ran")
"""
COMPANIONS = (
    "conftest.py", "test_optimizers.py", "sitecustomize.py", "usercustomize.py", "numpy.py", "msgpack.py", "json.py",
    "hypothesis.py", "_pytest.py", "pytest.py", "ast.py", "places.pth", "__init__.py", "__main__.py",
    "grader/__init__.py", "grader/checks/__init__.py", "worker/__init__.py", "worker/wire.py",
    "__pycache__/optimizers.cpython-311.pyc", "numpy/__init__.py", ".hypothesis/x.py",
)  # fmt: skip
SETTINGS = {
    "pytest.ini": "[pytest]\naddopts = -p companion\npython_files = *.py\n",
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "-p companion"\n',
    "tox.ini": "[pytest]\naddopts = -p companion\n",
    "setup.cfg": "[tool:pytest]\naddopts = -p companion\n",
    "pyvenv.cfg": "home = .\ninclude-system-site-packages = true\n",
}


@dataclass(frozen=True)
class World:
    """What became of each submission, and of everything around them."""

    isolation: str
    records: dict[str, dict[str, Any]]
    references: list[dict[str, Any]]
    canaries: dict[str, str]
    before: dict[str, object]
    after: dict[str, object]
    left_behind: list[str]


def _problem(isolation: str) -> str:
    return lock_problem() or (room_problem() if isolation == "room" else "")


@pytest.fixture(scope="module")
def worlds() -> Iterator[dict[str, World]]:
    """All attacks graded by one grader, one after the other, the reference in between; in each isolation."""
    isolations = [isolation for isolation in ("room", "lock") if not _problem(isolation)]
    # Not pytest's own folder, which nobody else may pass: file modes are to protect nothing here.
    roots = [Path(tempfile.mkdtemp(prefix="gradproof-attacks-")) for _ in isolations]
    try:
        with ThreadPoolExecutor() as pool:
            yield dict(zip(isolations, pool.map(_graded, roots, isolations), strict=True))
    finally:
        for root in roots:
            shutil.rmtree(root)


@pytest.fixture(params=["room", "lock"])
def world(request: pytest.FixtureRequest, worlds: dict[str, World]) -> World:
    """What became of all attacks in one isolation."""
    if problem := _problem(request.param):
        pytest.skip(problem)
    return worlds[request.param]


def _graded(root: Path, isolation: str) -> World:
    root.chmod(0o755)
    canaries = _secrets(root)
    places = [place for place in canaries if place]
    reference = root / "course" / "reference"
    for name, text in ATTACKS.items():
        _write(root / "inbox" / name / "optimizers.py", _stubs() + text + ("" if "bowl" in text else EVERYWHERE))
    _companions(root / "inbox" / "companions", places)
    _notebook(root / "inbox" / "notebook" / "optimizers.ipynb", places[0])
    _links(root / "inbox" / "links", root / "inbox" / "neighbour" / "optimizers.py", reference)
    names = [*ATTACKS, "companions", "notebook", "links"]
    for name in names:
        _write(root / "inbox" / name / "places.py", f"PLACES = {places!r}\n")
    right = root / "inbox" / "right"  # the reference without what draws, which takes seconds
    _write(right / "optimizers.py", (ROOT / "reference" / "optimizers.py").read_text("utf-8"))
    order = [
        path
        for number, name in enumerate(names, 1)
        for path in [root / "inbox" / name, *([right] if number % REFERENCE_AFTER_EVERY == 0 else [])]
    ] + [right]
    _let_everybody(root)
    before = _snapshot(root)
    records = _run(root, isolation, order, canaries)
    by_name = {path.name: record for path, record in zip(order, records, strict=True) if path != right}
    references = [record for path, record in zip(order, records, strict=True) if path == right]
    left = [path.name for path in (root / "tmp").iterdir() if path.name != "gradproof-other"]
    return World(isolation, by_name, references, canaries, before, _snapshot(root), left)


def _run(root: Path, isolation: str, order: list[Path], canaries: dict[str, str]) -> list[dict[str, Any]]:
    environment = {
        **os.environ, "HOME": str(root / "home"), "TMPDIR": str(root / "tmp"), "SECRET": canaries[""],
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    out = root / "tmp" / "out.json"
    words = [sys.executable, str(HERE / "grade_several.py"), str(root / "course"), ASSIGNMENT, isolation, str(out)]
    # In the folder of an attack, as a careless person would.
    done = subprocess.run(
        [*words, *map(str, order)], env=environment, cwd=root / "inbox" / "companions", capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    records: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
    out.unlink()
    return records


def _secrets(root: Path) -> dict[str, str]:
    """Make a course, a home, a neighbour and another job; return the secret words by the files they stand in.

    The word of the environment stands under the empty path.
    """
    for name in ("rubrics", "reference", "tests/public", "tests/hidden"):
        shutil.copytree(ROOT / name, root / "course" / name, ignore=shutil.ignore_patterns("__pycache__"))
    rubric = root / "course" / "rubrics" / f"{ASSIGNMENT}.yaml"
    document = yaml.safe_load(rubric.read_text(encoding="utf-8"))
    # Problem 2 alone: what is tried against PyTorch's worker, test_torch_jail.py tries.
    document["questions"] = [each for each in document["questions"] if each["id"].startswith("optimizers.")]
    document["marks"] = 20
    document["suites"]["public"] = ["tests/public/test_optimizers.py", "tests/public/test_paths.py"]
    document["suites"]["hidden"] = ["tests/hidden/test_optimizers_sgd.py"]  # the public ones suffice for the others
    rubric.write_text(yaml.safe_dump(document), encoding="utf-8")
    places = [
        rubric, *(root / "course" / name for name in (
            "tests/hidden/test_optimizers_sgd.py", "reference/optimizers.py", ".course-secret", "gradebook.csv"
        )),
        root / "home" / ".ssh" / "id_ed25519", root / "inbox" / "neighbour" / "optimizers.py",
        root / "tmp" / "gradproof-other" / "staging" / "optimizers.py",
    ]  # fmt: skip
    _write(root / "inbox" / "neighbour" / "optimizers.py", (ROOT / "reference" / "optimizers.py").read_text("utf-8"))
    canaries = {"": f"canary{secrets.token_hex(8)}"}
    for path in places:
        canaries[str(path)] = f"canary{secrets.token_hex(8)}"
        present = path.read_text(encoding="utf-8") if path.exists() else ""
        _write(path, f"# {canaries[str(path)]}\n{present}")
    return canaries


def _stubs() -> str:
    return (ROOT / "student" / "optimizers.py").read_text(encoding="utf-8")


def _companions(folder: Path, places: list[str]) -> None:
    _write(folder / "optimizers.py", _stubs())
    for name in COMPANIONS:
        _write(folder / name, COMPANION.format(places=places))
    for name, text in SETTINGS.items():
        _write(folder / name, text)


def _notebook(path: Path, place: str) -> None:
    cells = [
        f"FOUND = !cat {place}",
        f"%run {place}\n!cat {place} > found.txt",
        f"%%bash\ncat {place}",
        f"MORE = get_ipython().getoutput('cat {place}')",
        "import os, subprocess\ndef listed():\n    return os.popen('cat ' + PLACE).read()",
        f"PLACE = {place!r}",
        "def attack(*args):\n    raise ValueError(f'read: {[FOUND, MORE]}' if FOUND or MORE else listed())",
        EVERYWHERE,
    ]
    document = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"language_info": {"name": "python"}},
        "cells": [
            {"cell_type": "markdown", "source": "![x](attachment:x)", "attachments": {"x": {"file": place}}},
            *({"cell_type": "code", "source": cell, "outputs": [], "metadata": {}} for cell in cells),
        ],
    }
    _write(path, json.dumps(document))


def _links(folder: Path, neighbour: Path, reference: Path) -> None:
    """A submission that is right, by links to others' work."""
    folder.mkdir(parents=True)
    os.link(neighbour, folder / "optimizers.py")
    (folder / "answers.py").symlink_to(reference / "optimizers.py")
    (folder / "course").symlink_to(reference)
    _write(folder / "main.py", "from answers import *\nfrom course.optimizers import *\n" + _stubs())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _let_everybody(root: Path) -> None:
    (root / "tmp").chmod(0o1777)
    for path in root.rglob("*"):
        if not path.is_symlink() and path != root / "tmp":
            path.chmod(0o777 if path.is_dir() else 0o666)


def _snapshot(root: Path) -> dict[str, object]:
    """Return kind, mode, date and content of everything but the grader's own temporary files."""
    state: dict[str, object] = {}
    for path in sorted(root.rglob("*")):
        if path == root / "tmp" or (root / "tmp" in path.parents and "gradproof-other" not in path.parts):
            continue
        status = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        state[str(path.relative_to(root))] = (status.st_mode, status.st_uid, status.st_mtime_ns, content)
    return state


def _ends_as(text: str) -> set[str]:
    match = re.search(r"^Ends as: (.+)$", text, re.MULTILINE)
    assert match is not None, "an attack's docstring says how it ends"
    return set(match[1].split())


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_earns_nothing_and_ends_as_what_it_is(world: World, name: str) -> None:
    record = world.records[name]
    assert not record["error"]
    assert record["result"]["marks"] == "0"
    ends = set(record["outcomes"].values()) - ALWAYS
    assert ends
    assert ends <= _ends_as(ATTACKS[name])


def test_files_with_names_that_tools_run_or_import_are_never_run(world: World) -> None:
    assert set(world.records["companions"]["outcomes"].values()) <= ALWAYS
    assert world.records["companions"]["result"]["marks"] == "0"


def test_a_notebook_runs_no_shell_and_no_magic(world: World) -> None:
    record = world.records["notebook"]
    assert record["result"]["marks"] == "0"
    assert set(record["outcomes"].values()) - ALWAYS == {"raised"}


def test_right_work_of_others_handed_in_by_links_is_not_taken(world: World) -> None:
    record = world.records["links"]
    assert set(record["outcomes"].values()) <= ALWAYS
    assert record["result"]["marks"] == "0"
    left_out = {note.partition(":")[0] for note in record["result"]["notes"]}
    assert {"optimizers.py", "answers.py", "course"} <= left_out


def test_no_secret_comes_out_even_to_staff(world: World) -> None:
    for name, record in world.records.items():
        text = json.dumps(record)
        assert {place for place, word in world.canaries.items() if word in text} == set(), name
        assert [boast for boast in BOASTS if boast in text] == [], name


def test_feedback_holds_nothing_that_a_terminal_would_obey(world: World) -> None:
    for name, record in world.records.items():
        feedback = [c["feedback"] for q in record["result"]["questions"] for c in q["criteria"]]
        assert [text for text in feedback if not text.replace("\n", "").replace("\t", "").isprintable()] == [], name


def test_feedback_for_students_does_not_tell_hidden_inputs(world: World) -> None:
    questions = world.records["leak_inputs"]["result"]["questions"]
    assert "leaked" not in json.dumps(questions)


def test_files_around_are_as_they_were(world: World) -> None:
    changed = {path for path in world.before | world.after if world.before.get(path) != world.after.get(path)}
    assert changed == set()


def test_nothing_is_left_where_workers_wrote(world: World) -> None:
    assert world.left_behind == []


def test_whoever_comes_after_an_attack_gets_full_marks(world: World) -> None:
    assert [record["error"] for record in world.references] == [""] * len(world.references)
    assert {record["result"]["marks"] for record in world.references} == {FULL_MARKS}
