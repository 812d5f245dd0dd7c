"""The house keeps its plan: sizes of modules and functions, and what each room may know."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
SAYING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
MODULES = sorted([*(ROOT / "grader").rglob("*.py"), *(ROOT / "reference").rglob("*.py")])


def functions(module: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def loaded_by(statement: str, *, cwd: Path = ROOT) -> set[str]:
    """Return the names of all modules that a fresh Python has after a statement."""
    code = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_modules_are_short() -> None:
    lengths = {module: len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert [str(module) for module, length in lengths.items() if length > 400] == []
    assert median(length for length in lengths.values() if length) <= 150


def test_functions_are_short() -> None:
    lengths = [(lines(node), f"{module}:{node.lineno}") for module in MODULES for node in functions(module)]
    assert [where for length, where in lengths if length > 60] == []
    assert median(length for length, _ in lengths) <= 10


def test_init_files_hold_no_logic() -> None:
    for init in (ROOT / "grader").rglob("__init__.py"):
        body = ast.parse(init.read_text(encoding="utf-8")).body
        allowed = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign)
        assert [ast.unparse(node) for node in body if not isinstance(node, allowed)] == []


def test_the_worker_runs_from_its_own_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "worker").symlink_to(ROOT / "grader" / "worker")
    worker = ROOT / "grader" / "worker"
    modules = [".".join(path.relative_to(worker.parent).with_suffix("").parts) for path in worker.rglob("[!_]*.py")]
    loaded = loaded_by(f"import {', '.join(modules)}", cwd=tmp_path)
    assert {name.partition(".")[0] for name in loaded} & {"grader", "pytest", "hypothesis", "pydantic"} == set()


@pytest.mark.parametrize("room", ["grader.results", "grader.report"])
def test_marks_and_tables_are_made_without_pytest(room: str) -> None:
    folder = ROOT / room.replace(".", "/")
    modules = [f"{room}.{p.stem}" for p in sorted(folder.glob("[!_]*.py"))] or [room]
    assert (
        loaded_by(f"import {', '.join(modules)}") & {"pytest", "_pytest", "hypothesis", "grader.pytest_side"} == set()
    )


def test_only_what_is_about_torch_imports_it() -> None:
    """Inside functions it may be imported, by whoever is asked for it."""
    sources = [*(ROOT / "grader").rglob("*.py"), *(ROOT / "tests").rglob("test_*.py")]
    imports = {path: ast.parse(path.read_text(encoding="utf-8")).body for path in sources}
    found = {path for path, body in imports.items() if any(map(_is_torch, body))}
    assert found == {ROOT / "grader" / "worker" / "running" / name for name in ("models.py", "training.py")}


def _is_torch(statement: ast.stmt) -> bool:
    return bool(re.match(r"(?:import|from) torch\b", ast.unparse(statement)))


def rooms() -> set[str]:
    """Return the packages of the engine and those in them, such as ``worker/wire``."""
    inits = [*(ROOT / "grader").glob("*/__init__.py"), *(ROOT / "grader").glob("*/*/__init__.py")]
    return {init.parent.relative_to(ROOT / "grader").as_posix() for init in inits}


def drawn(page: str) -> set[str]:
    """Return the folders in the picture of the rooms, those that are indented below the folder above them."""
    picture = page.partition("```\ngrader/")[2].partition("```")[0]
    found, above = set[str](), ""
    for indent, name in re.findall(r"^( +)([a-z_]+)/ ", picture, re.MULTILINE):
        above = name if len(indent) == 2 else above
        found.add(name if len(indent) == 2 else f"{above}/{name}")
    return found


def test_the_picture_of_the_rooms_shows_each_of_them_and_no_other() -> None:
    assert drawn((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")) == rooms()


def test_the_picture_of_the_rooms_has_the_order_that_imports_have() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    picture = page.partition("```\ngrader/")[2].partition("```")[0]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    levels = {room.strip(): level for level, layer in enumerate(layers) for room in layer.split("|")}
    shown = [levels[name] for name in re.findall(r"^  ([a-z_]+)/ ", picture, re.MULTILINE)]
    assert shown == sorted(shown)


def test_every_room_says_what_is_in_it() -> None:
    said = {
        room: ast.get_docstring(ast.parse((ROOT / "grader" / room / "__init__.py").read_text())) for room in rooms()
    }
    assert [room for room, text in said.items() if not text or not 40 <= len(text) <= 400] == []


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def is_there(name: str) -> bool:
    """Tell whether a path below the root or below `grader`, or a module of the engine with a name in it, exists."""
    if "/" in name:
        return any((folder / name).exists() for folder in (ROOT, ROOT / "grader"))
    parts = name.split(".")
    for size in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:size])
        module = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
        if module.is_file():
            # What is below a package is a module, and was looked for already, or a name of its `__init__`.
            return all(re.search(rf"\b{part}\b", text_of(module)) for part in parts[size:])
    return False


def named_in(text: str) -> set[str]:
    """Return the files, folders and modules of the project that a text names."""
    tops = "|".join({room.partition("/")[0] for room in rooms()})
    paths = re.findall(r"(?<![\w./-])(?:grader|benchmarks|tests/(?:engine|course))/[\w./]*\w", text)
    modules = re.findall(rf"(?<![\w./-])(?:{tops}|plugin|jail|submission|written|render|rubric)/[\w/]+\.py\b", text)
    return {*paths, *modules, *re.findall(r"(?<![\w./-])grader(?:\.[A-Za-z_]\w*)+", text)}


def words_in(module: Path) -> str:
    """Return the docstrings and comments of a module."""
    said = [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(text_of(module))) if isinstance(node, SAYING)]
    tokens = tokenize.generate_tokens(io.StringIO(text_of(module)).readline)
    return "\n".join([*said, *(token.string for token in tokens if token.type == tokenize.COMMENT)])


PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_module_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if page.name == "architecture.md":
        walk = re.findall(r"\*\*([a-z_]+(?:/[a-z_]+)+)\*\*", text)
        assert len(walk) > 15
        text += "".join(f" grader/{module}.py" for module in walk)
    assert [name for name in sorted(named_in(text)) if not is_there(name)] == []


def anchors(page: Path) -> set[str]:
    """Return what a page's headings are linked by."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        known = link.startswith("http") or (target.exists() and (not anchor or anchor in anchors(target)))
        broken += [] if known else [link]
    assert broken == []


def test_every_module_that_a_comment_or_docstring_names_exists() -> None:
    named = {(module, name) for module in MODULES for name in named_in(words_in(module))}
    assert [f"{module}: {name}" for module, name in sorted(named) if not is_there(name)] == []


def test_every_import_that_tests_and_benchmarks_write_down_exists() -> None:
    """Also in the programs that they write for other processes, which are texts."""
    folders = [ROOT / name for name in ("tests/engine", "tests/course", "benchmarks", ".ci", "solutions")]
    files = sorted(path for folder in folders for path in folder.rglob("*.py"))
    missing = []
    for file in files:
        for module, names in re.findall(r"from (grader\.[\w.]+) import ([\w, ]+)", text_of(file)):
            imported = [f"{module}.{name.split()[0]}" for name in names.split(",") if name.strip()]
            missing += [f"{file}: {name}" for name in imported if not is_there(name)]
    assert [line for line in missing if "grader.engine.sums" not in line] == []  # a project of a test's own


def test_readme_names_only_files_and_make_targets_that_exist() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"^make ([a-z]+)", page, re.MULTILINE)) <= set(targets)
    links = re.findall(r"\]\(([^)#]+)\)", page)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_contributing_names_only_files_functions_and_make_targets_that_exist() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`make ([a-z-]+)", page)) <= set(targets)
    files = re.findall(r"`((?:grader|tests|benchmarks)/[\w/]+(?:\.py|/))`", page)
    assert [file for file in files if not (ROOT / file).exists()] == []
    engine = "".join(path.read_text(encoding="utf-8") for path in MODULES)
    steps = page.partition("## The way of a mark")[2].partition("\n## ")[0]
    names = [name.rpartition(".")[2] for name in re.findall(r"`([A-Za-z_.]+)`", steps) if "/" not in name]
    defined = set(re.findall(r"^ *(?:def|class) (\w+)", engine, re.MULTILINE)) | {"partial", "broken", "csv"}
    assert [name for name in names if name not in defined] == []
