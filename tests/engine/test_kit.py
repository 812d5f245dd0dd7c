"""`grader release`: what is in a kit, what must never be, and what ends without one."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import platform
import shutil
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import nbformat
import pytest
from packaging.requirements import Requirement

from grader.cli.app import main
from grader.core.errors import UsageError
from grader.course.rubric.load import load_rubric
from grader.kit.engine import Wheel
from grader.kit.handout import handout
from grader.kit.help_page import help_page
from grader.kit.notebook_file import notebook
from grader.kit.requirements import CPU_INDEX, experiment_requirements, megabytes, pinned, requirements
from grader.kit.start_page import start_page
from grader.kit.stub_parts import StubParts

Command = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]
BY_HAND = """\
  - id: sums.picture
    title: (c) A picture
    task: |
      Draw *both* paths.
      Hand in paths.png.
    criteria:
      - {id: sums.picture.clear, title: it can be read, marks: 2, manual: true}
"""
SECRET = "a secret of this course"


def assignments() -> list[str]:
    return sorted(path.stem for path in (ROOT / "rubrics").glob("*.yaml"))


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a kit by its path; those inside archives under ``archive!path``."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    for name, data in [*files.items()]:
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                files |= {f"{name}!{member}": archive.read(member) for member in archive.namelist()}
    return files


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `grader …` in this process: a second for each of many releases would be too slow."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr(sys, "argv", ["grader", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return subprocess.CompletedProcess(sys.argv, int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path]) -> Path:
    """The tiny course, with the things of staff's that a kit must not hold."""
    made = make_tiny_course(tmp_path_factory.mktemp("made"))
    (made / ".course-secret").write_text(SECRET, encoding="utf-8")
    rubric = made / "rubrics" / "tiny.yaml"
    rubric.write_text("# staff: marked harshly in Hilary term\n" + rubric.read_text(encoding="utf-8"), encoding="utf-8")
    return made


@pytest.fixture
def course(made_once: Path, tmp_path: Path) -> Path:
    """A copy of that course, to be broken."""
    return shutil.copytree(made_once, tmp_path / "course")


def pages(files: dict[str, bytes]) -> str:
    """Return the pages about the assignment, one after the other."""
    return "\n".join(files[name].decode() for name in ("README.md", "ASSIGNMENT.md", "HELP.md"))


def released(here: Command, course: Path, folder: Path, *options: str, assignment: str = "tiny") -> dict[str, bytes]:
    done = here("release", assignment, "--to", folder, "--course", course, *options)
    assert done.returncode == 0, done.stderr
    return contents(folder)


# ── what is in it ─────────────────────────────────────────────────────────────────────────────────


def test_a_kit_holds_these_files_and_no_others(here: Command, course: Path, tmp_path: Path) -> None:
    pages = {"README.md", "ASSIGNMENT.md", "HELP.md", "first_steps/README.md"}
    always = pages | {"pytest.ini", "requirements.txt", "rubrics/tiny.yaml", "tests/public/test_sums.py"}
    always |= {".vscode/settings.json", "first_steps/rubrics/first_steps.yaml", "first_steps/student/first_steps.py"}
    always |= {"first_steps/tests/public/test_first_steps.py", "rubrics/tiny.released.json"}
    for form, work in {
        "py": {"student/sums.py"},
        "ipynb": {"student/tiny.ipynb"},
        "both": {"student/sums.py", "student/tiny.ipynb"},
    }.items():
        files = released(here, course, tmp_path / form, "--format", form)
        plain = {name for name in files if not name.startswith("engine/")}
        assert plain == always | work
        [wheel] = [name for name in files if name.startswith("engine/") and "!" not in name]
        assert wheel.endswith("-py3-none-any.whl")
        assert (b"student/tiny.ipynb" in files["README.md"]) == (form != "py")
        assert json.loads(files[".vscode/settings.json"])["python.testing.pytestArgs"] == ["tests/public"]


def test_the_same_release_twice_is_the_same_bytes(here: Command, course: Path, tmp_path: Path) -> None:
    once = released(here, course, tmp_path / "a", "--format", "both")
    (course / "tests" / "public" / "__pycache__").mkdir(exist_ok=True)
    (course / "tests" / "public" / "__pycache__" / "test_sums.pyc").write_bytes(b"compiled")
    assert released(here, course, tmp_path / "b", "--format", "both") == once


def test_stubs_and_suites_are_the_courses_own_byte_for_byte(here: Command, course: Path, tmp_path: Path) -> None:
    files = released(here, course, tmp_path / "kit")
    for name in ("student/sums.py", "tests/public/test_sums.py"):
        assert files[name] == (course / name).read_bytes()


def test_the_page_says_all_that_is_asked(here: Command, course: Path, tmp_path: Path) -> None:
    page = pages(released(here, course, tmp_path / "kit"))
    rubric = load_rubric(course / "rubrics" / "tiny.yaml")
    for question in rubric.questions:
        assert f"### {question.title} · " in page
        assert all(f"`{name}`" in page for name in (*question.names, question.id))
        assert all(criterion.title in page for criterion in question.criteria)
    assert "| 1 | it is twice the number | 1 check |" in page
    assert "| 2 | it is three times the number | hidden checks only |" in page
    commands = [
        "python -m venv .venv",
        "python -m pip install -r requirements.txt",
        "pytest",
        "pytest --question sums.double",
        "pytest --watch",
        "pytest first_steps",
        "breakpoint()",
    ]
    assert [command for command in commands if command not in page] == []


def test_several_files_and_packages_are_listed_with_one_and() -> None:
    rubric = load_rubric(ROOT / "rubrics" / "iith-ai5100-2023-a3.yaml")
    made = [start_page(rubric, {"py"}, 10), handout(rubric, {}, {"py"}), help_page(rubric, {"py"}, {})]
    page = " ".join("\n".join(made).split())
    files = "`student/saliency.py`, `student/saliency_picture.py`, `student/optimizers.py` and `student/paths.py`"
    assert f"Fill in the stubs in {files}: each" in page
    assert "with Python's own modules, `numpy`, `matplotlib`, `PIL` and `imageio`." in page
    assert " and `tests/public/test_paths.py`. You may" in page


def test_conditions_of_a_criterion_are_told_and_its_words_are_no_markup(tmp_path: Path, course: Path) -> None:
    rubric = course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8").replace(
        "title: it is three times the number, marks: 2",
        'title: "y[i] * 3 | `x` <b>", marks: 2, partial: true, requires: [sums.double.value]',
    )
    rubric.write_text(text, encoding="utf-8")
    page = handout(load_rubric(rubric), {}, {"py"})
    assert "y\\[i\\] \\* 3 \\| \\`x\\` \\<b\\>" in page
    assert "each passed check earns a share of the marks; counts only if `sums.double.value` passes" in page


def test_what_a_person_marks_is_asked_for_in_the_page_the_notebook_and_the_rubric(
    here: Command, course: Path, tmp_path: Path
) -> None:
    rubric = course / "rubrics" / "tiny.yaml"
    text = rubric.read_text(encoding="utf-8")
    rubric.write_text(f"{text}{BY_HAND}".replace("marks: 3\n", "marks: 5\n", 1), encoding="utf-8")
    files = released(here, course, tmp_path / "kit", "--format", "both")
    page = pages(files)
    assert "\nDraw \\*both\\* paths. Hand in paths.png.\n" in page.partition("### (c) A picture · 2 marks")[2]
    assert "and with the files that a person marks" in " ".join(page.split())
    cells = nbformat.reads(files["student/tiny.ipynb"].decode(), as_version=4).cells
    place = next(i for i, cell in enumerate(cells) if "(c) A picture" in cell.source)
    assert "Draw \\*both\\* paths. Hand in paths.png." in cells[place].source
    assert [(cell.cell_type, cell.source[:12]) for cell in cells[place + 1 : place + 2]] == [
        ("markdown", "*Replace thi")
    ]
    assert (
        load_rubric(tmp_path / "kit" / "rubrics" / "tiny.yaml").questions[-1].task
        == load_rubric(rubric).questions[-1].task
    )


def test_the_page_says_how_to_hand_in_and_what_experiments_need(here: Command, course: Path, tmp_path: Path) -> None:
    """Catches: a student who learns of the file's name, the deadline or the data from nowhere."""
    rubric = course / "rubrics" / "tiny.yaml"
    more = """\
submissions:
  name: '(?P<roll>[a-z]+)_hw'
  called: <roll-number>_hw.zip
  layout: |
    <roll-number>_hw.zip
      report.pdf   what a person marks
  deadline: '2024-06-20T23:59:00+05:30'
  rules: [Work on *your own*.]
handed_in: [report*.pdf]
experiments:
  packages: [numpy]
  files: [examples/helper.py]
  sources:
    - {name: Digits, place: in this kit, load: import helper}
reading: ["LeCun et al., 1998."]
"""
    text = rubric.read_text(encoding="utf-8").replace("marks: 3\n", "marks: 5\n", 1)
    rubric.write_text(f"{text}{BY_HAND}{more}", encoding="utf-8")
    missing = here("release", "tiny", "--to", tmp_path / "none", "--course", course)
    assert missing.returncode == 2
    assert "files of `experiments` do not exist" in missing.stderr
    (course / "examples").mkdir()
    (course / "examples" / "helper.py").write_text("DIGITS = 10\n")
    files = released(here, course, tmp_path / "kit", "--format", "both")
    page = pages(files)
    flat = " ".join(page.split())
    for said in (
        "Hand in until 20 June 2024, 23:59 (UTC+05:30), as `<roll-number>_hw.zip`.",
        "report.pdf what a person marks ```",
        "- Work on \\*your own\\*.",
        "called `report.pdf`, is fine",
        "python -m pip install -r requirements-experiments.txt",
        "**Digits**: in this kit. ```python import helper ```",
        "## Further reading - LeCun et al., 1998.",
    ):
        assert said in flat, said
    assert "import torchvision" not in page
    assert files["provided/helper.py"] == b"DIGITS = 10\n"
    pins = files["requirements-experiments.txt"].decode().splitlines()
    assert pins[0] == "-r requirements.txt"
    assert [pin.partition("==")[0] for pin in pins[1:]] == ["numpy"]
    first = nbformat.reads(files["student/tiny.ipynb"].decode(), as_version=4).cells[0].source
    assert "Hand in until 20 June 2024, 23:59 (UTC+05:30), as `<roll-number>_hw.zip`. Save the notebook" in first


def test_experiments_with_pytorch_get_its_builds_for_cpus() -> None:
    lines = experiment_requirements(["torchvision", "matplotlib"]).splitlines()
    assert lines[1] == f"--extra-index-url {CPU_INDEX}"
    assert {"torch", "torchvision", "matplotlib", "numpy"} <= {line.partition("==")[0] for line in lines[2:]}
    intel_linux = {"sys_platform": "linux", "platform_machine": "x86_64"}
    for system in ({}, {"platform_machine": "aarch64"}, {"sys_platform": "darwin"}, {"sys_platform": "win32"}):
        wanted = [Requirement(line) for line in lines[2:]]
        pins = [one for one in wanted if one.marker is None or one.marker.evaluate({**intel_linux, **system})]
        assert len({pin.name for pin in pins}) == len(pins)
        builds = {pin.name for pin in pins if "+cpu" in str(pin.specifier)}
        assert builds == (set() if system else {"torch", "torchvision"})
    with pytest.raises(UsageError, match="which is not installed here"):
        experiment_requirements(["no-such-package"])


def package_index(folder: Path, *versions: str) -> str:
    """Make a package index with some versions of a package that is called torch; return its address."""
    files = folder / "torch"
    files.mkdir(parents=True)
    for version in versions:
        about = f"torch-{version}.dist-info"
        with zipfile.ZipFile(files / f"torch-{version}-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: torch\nVersion: {version}\n")
            wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{about}/RECORD", "")
    links = "".join(f'<a href="{quote(file.name)}">{file.name}</a>\n' for file in files.iterdir())
    (files / "index.html").write_text(f"<!DOCTYPE html>\n<html><body>\n{links}</body></html>\n", encoding="utf-8")
    return folder.as_uri()


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64", reason="elsewhere there is one build of PyTorch"
)
def test_pip_takes_pytorchs_build_for_processors(tmp_path: Path) -> None:
    """Catches: gigabytes for graphics cards, which is what PyPI's build for Linux brings along."""
    pins = pinned(["torch"])
    version = pins["torch"]
    general = package_index(tmp_path / "general", version, "99.0")
    processors = package_index(tmp_path / "processors", f"{version}+cpu", "99.0+cpu")
    text = requirements(Wheel("1", "", b""), {"torch": version}, notebook=False)
    lines = [line for line in text.splitlines() if line.startswith(("--extra", "torch"))]
    assert sum("torch" in line for line in lines) == 3
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("\n".join(lines).replace(CPU_INDEX, processors), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--isolated", "--no-deps", "--index-url", general]
    subprocess.run([*command, "--dest", tmp_path / "got", "-r", wanted], check=True, capture_output=True)
    assert [file.name for file in (tmp_path / "got").iterdir()] == [f"torch-{version}+cpu-py3-none-any.whl"]
    assert not {name for name in pins if name.startswith(("nvidia", "triton"))}


def test_pages_tell_the_way_to_graphics_cards_where_there_is_pytorch() -> None:
    rubric = load_rubric(ROOT / "rubrics" / "iith-ai5100-2023-a3.yaml")
    assert "python -m pip install torch==2.0\n" in help_page(rubric, {"py"}, {"torch": "2.0"})
    assert "torch" not in help_page(rubric, {"py"}, {}).lower()


def test_the_first_page_is_one_screen_and_tells_the_size() -> None:
    for assignment in assignments():
        rubric = load_rubric(ROOT / "rubrics" / f"{assignment}.yaml")
        page = start_page(rubric, {"py", "ipynb"}, 160)
        assert page.count("\n") <= 45
        assert "about 160 MB on disk" in page
    assert megabytes(["numpy"]) > 15


@pytest.mark.parametrize("assignment", assignments())
def test_all_that_experiments_name_is_there(assignment: str) -> None:
    experiments = load_rubric(ROOT / "rubrics" / f"{assignment}.yaml").experiments
    assert experiment_requirements(experiments.packages)
    assert all((ROOT / file).is_file() for file in experiments.files)
    for source in experiments.sources:
        ast.parse(source.load)


@pytest.mark.parametrize("assignment", assignments())
def test_the_notebook_holds_every_stub_and_is_valid(assignment: str) -> None:
    rubric = load_rubric(ROOT / "rubrics" / f"{assignment}.yaml")
    modules = {question.module for question in rubric.questions if question.module}
    stubs = {module: (ROOT / "student" / f"{module}.py").read_text(encoding="utf-8") for module in modules}
    checks = {criterion.id: 1 for criterion in rubric.criteria}
    document = nbformat.reads(notebook(rubric, checks, stubs), as_version=4)
    nbformat.validate(document)
    code = [cell.source for cell in document.cells if cell.cell_type == "code"]
    for question in rubric.questions:
        if question.module:
            parts = StubParts.of(stubs[question.module])
            assert [name for name in question.names if parts.definitions[name] not in code] == []
            assert parts.preamble in {*code, ""}
            assert f'check("{question.id}")' in code


def test_a_stub_taken_apart_loses_nothing() -> None:
    for path in sorted((ROOT / "student").glob("*.py")):
        stub = path.read_text(encoding="utf-8")
        parts = StubParts.of(stub)
        again = "\n".join([f'"""{parts.docstring}\n"""', parts.preamble, *parts.definitions.values()])
        assert ast.dump(ast.parse(again)).count("FunctionDef") == ast.dump(ast.parse(stub)).count("FunctionDef")
        assert [*map(ast.unparse, ast.parse(again).body[1:])] == [*map(ast.unparse, ast.parse(stub).body[1:])]


# ── what must never be in it ──────────────────────────────────────────────────────────────────────


def secrets_of(course: Path) -> Iterator[tuple[str, str]]:
    """Give (where it stands, text) of all that belongs to staff, in pieces long enough to be no accident."""
    # What any suite is written with may name a mistake in the same words as this course's bank, and hold a line
    # that any program of NumPy holds.
    vocabulary = " ".join(
        " ".join(p.read_text(encoding="utf-8") for p in (ROOT / "grader/checks").rglob("*.py")).split()
    )
    for path in sorted((course / "reference").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                lines = text.splitlines()[body[0].lineno - 1 : node.end_lineno] if body else []
                yield f"{path.name}:{node.name}", textwrap.dedent("\n".join(lines)).strip()
                single = (line.strip() for line in lines if line.strip() not in vocabulary)
                yield from ((f"{path.name}:{node.name}", line) for line in single if len(line) > 24)
    for path in sorted((course / "tests" / "hidden").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from ((path.name, n.name) for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
        yield from ((path.name, ast.get_docstring(n) or "") for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
    for path in sorted((course / "tests" / "bank").rglob("*.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        sentence = docstring.partition("\n\n")[0]
        if " ".join(sentence.split()) not in vocabulary:
            yield path.name, sentence
    for path in sorted((course / "solutions" / "answers").glob("*.md")):
        # What the task and the criteria say, students may read, and the question's own title, the first line.
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        yield from ((path.name, line) for line in lines if len(line) > 60)
    for path in sorted((course / "rubrics").glob("*.yaml")):
        yield from ((path.name, line) for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "#")


def leaks(files: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """Return (what, text, file) of all that belongs to staff of this course and is in one of the files."""
    texts = {name: " ".join(data.decode("utf-8", "replace").split()) for name, data in files.items()}
    for name in [name for name in files if name.endswith(".ipynb")]:
        sources = [line for cell in json.loads(files[name])["cells"] for line in cell["source"]]
        texts[f"{name} unpacked"] = " ".join("".join(sources).split())
    # What public suites and stubs of the course say as well is no secret.
    told = [path for folder in ("student", "tests/public") for path in (ROOT / folder).glob("*.py")]
    known = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in told)
    secrets = [(where, " ".join(text.split())) for where, text in secrets_of(ROOT)]
    secrets = [(where, text) for where, text in secrets if len(text) > 12 and text not in known]
    return [(where, secret, name) for where, secret in secrets for name, text in texts.items() if secret in text]


@pytest.mark.parametrize("assignment", assignments())
def test_no_word_of_staffs_is_in_a_kit_of_this_course(here: Command, tmp_path: Path, assignment: str) -> None:
    done = here("release", assignment, "--to", tmp_path / "kit", "--format", "both")
    assert done.returncode == 0, done.stderr
    files = contents(tmp_path / "kit")
    assert leaks(files) == []
    assert [n for n in files if n.endswith(".pyc") or "hidden" in n or "bank/" in n or "secret" in n] == []
    secret = lines_of_the_bank()
    assert len(secret) > 1000
    assert secret & set[str]().union(*(code_lines(data.decode("utf-8", "replace")) for data in files.values())) == set()


def code_lines(text: str) -> set[str]:
    """Return the lines that are long enough to be nobody else's; imports are anybody's."""
    lines = map(str.strip, text.splitlines())
    return {line for line in lines if len(line) > 40 and not line.startswith(("from ", "import "))}


def lines_of_the_bank() -> set[str]:
    """Return the lines of known wrong and right work that no stub and no public suite has too."""
    told = [*(ROOT / "student").glob("*.py"), *(ROOT / "tests" / "public").glob("*.py")]
    known = set[str]().union(*(code_lines(path.read_text(encoding="utf-8")) for path in told))
    bank = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "bank").rglob("*.py")]
    return set[str]().union(*map(code_lines, bank)) - known


STAFFS = ["reference", "solutions/answers", "tests/hidden", "tests/bank/misconceptions", "rubrics"]


@pytest.mark.parametrize("folder", STAFFS)
def test_a_leak_would_be_found(folder: str) -> None:
    kinds = {".py", ".yaml", ".md"}
    files = {str(path): path.read_bytes() for path in (ROOT / folder).rglob("*") if path.suffix in kinds}
    found = {name for _, _, name in leaks(files)}
    # All but the few sentences of the bank that public suites say too.
    assert len(found) >= 0.9 * len(files) > 0


def test_paths_secrets_and_comments_of_staffs_stay_at_home(here: Command, course: Path, tmp_path: Path) -> None:
    files = released(here, course, tmp_path / "kit", "--format", "both")
    digest = hashlib.sha256(SECRET.encode()).hexdigest()
    for words in (SECRET, digest, "Hilary term", str(course), str(ROOT), "tests/hidden/test_sums", "3 * number"):
        assert [name for name, data in files.items() if words.encode() in data] == []
    # The engine itself says where suites of this kind lie, and names none.
    assert [name for name, data in files.items() if b"hidden/" in data and "!" not in name and ".whl" not in name] == []


def test_the_wheel_holds_the_engine_alone(here: Command, course: Path, tmp_path: Path) -> None:
    files = released(here, course, tmp_path / "kit")
    inside = {name.partition("!")[2].split("/")[0] for name in files if "!" in name}
    assert len(inside) == 2
    assert "grader" in inside
    assert all(name == "grader" or name.endswith(".dist-info") for name in inside)
    assert any(name.endswith("!grader/py.typed") for name in files)


def test_the_public_rubric_loads_and_is_worth_the_same(here: Command, course: Path, tmp_path: Path) -> None:
    released(here, course, tmp_path / "kit")
    public = load_rubric(tmp_path / "kit" / "rubrics" / "tiny.yaml")
    whole = load_rubric(course / "rubrics" / "tiny.yaml")
    assert public.suites.hidden == ()
    assert public.model_copy(update={"suites": whole.suites}) == whole


# ── what ends without one ─────────────────────────────────────────────────────────────────────────


def edited(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


FAULTS = {
    "an edited stub": ("student/sums.py", "raise NotImplementedError", "return 14", ["sums.py", "grader stubs"]),
    "a check of an unknown criterion": (
        "tests/public/test_sums.py", "sums.double.value", "sums.double.worth",
        ["test_sums.py:5", "sums.double.worth", "the rubric does not have"],
    ),
    "no public suite": (
        "rubrics/tiny.yaml", "  public: [tests/public/test_sums.py]\n", "",
        ["rubrics/tiny.yaml", "would contain no checks", "tests/public/"],
    ),
    "a suite that is not there": (
        "rubrics/tiny.yaml", "public: [tests/public/test_sums.py]", "public: [tests/public/test_sum.py]",
        ["rubrics/tiny.yaml", "no file tests/public/test_sum.py"],
    ),
    "a suite in another place": (
        "rubrics/tiny.yaml", "public: [tests/public/test_sums.py]", "public: [tests/test_sums.py]",
        ["rubrics/tiny.yaml", "tests/test_sums.py", "files in tests/public/"],
    ),
    "a package that is not installed": (
        "rubrics/tiny.yaml", "packages: [numpy]", "packages: [nunpy]", ["'nunpy', which is not installed here"],
    ),
    "a rubric that adds up wrongly": ("rubrics/tiny.yaml", "marks: 3", "marks: 4", ["rubrics/tiny.yaml:4", "sum"]),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_fit_is_told_and_nothing_is_written(
    here: Command, course: Path, tmp_path: Path, fault: str
) -> None:
    name, old, new, said = FAULTS[fault]
    edited(course / name, old, new)
    before = sorted(tmp_path.rglob("*"))
    done = here("release", "tiny", "--to", tmp_path / "kit", "--course", course)
    assert done.returncode == 2, done.stdout + done.stderr
    assert [words for words in said if words not in done.stderr] == []
    assert sorted(tmp_path.rglob("*")) == before


def test_an_unknown_assignment_is_told_with_those_that_are(here: Command, course: Path, tmp_path: Path) -> None:
    done = here("release", "tinny", "--to", tmp_path / "kit", "--course", course)
    assert done.returncode == 2
    assert "no assignment `tinny`" in done.stderr
    assert "did you mean `tiny`?" in done.stderr


def test_a_folder_that_holds_something_is_left_alone(here: Command, course: Path, tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for to, said in (("kit", "not empty"), ("file", "not a folder"), ("file/kit", "cannot be written")):
        done = here("release", "tiny", "--to", tmp_path / to, "--course", course)
        assert done.returncode == 2, done.stderr
        assert said in done.stderr
    assert [path.name for path in (tmp_path / "kit").iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(here: Command, course: Path, tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    assert "README.md" in released(here, course, tmp_path / "kit")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_stub_that_another_one_imports_comes_along(here: Command, course: Path, tmp_path: Path) -> None:
    edited(course / "reference" / "sums.py", '"""Sums."""\n', '"""Sums."""\n\nfrom kinds import Kind\n')
    edited(course / "reference" / "sums.py", "def double(number: int) -> int", "def double(number: Kind) -> int")
    (course / "reference" / "kinds.py").write_text('class Kind:\n    """A kind of number."""\n', encoding="utf-8")
    (course / "rubrics" / "other.yaml").write_text(
        "assignment: other\ntitle: Kinds\nmarks: 1\nquestions:\n"
        "  - {id: kinds.kind, title: a kind, module: kinds, names: [Kind], "
        "criteria: [{id: kinds.kind.person, title: it is kind, marks: 1, manual: true}]}\n",
        encoding="utf-8",
    )
    assert here("stubs", "--course", course).returncode == 0
    files = released(here, course, tmp_path / "py")
    assert {"student/sums.py", "student/kinds.py"} <= files.keys()
    files = released(here, course, tmp_path / "ipynb", "--format", "ipynb")
    assert {name for name in files if name.startswith("student/")} == {"student/tiny.ipynb", "student/kinds.py"}
