"""The house keeps its plan: sizes of modules and functions, and what each room may know."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
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
    modules = [f"worker.{path.stem}" for path in sorted((ROOT / "grader" / "worker").glob("[!_]*.py"))]
    loaded = loaded_by(f"import {', '.join(modules)}", cwd=tmp_path)
    assert {name.partition(".")[0] for name in loaded} & {"grader", "pytest", "hypothesis", "pydantic"} == set()


@pytest.mark.parametrize("room", ["grader.marks", "grader.result", "grader.class_list", "grader.render"])
def test_marks_and_tables_are_made_without_pytest(room: str) -> None:
    folder = ROOT / room.replace(".", "/")
    modules = [f"{room}.{p.stem}" for p in sorted(folder.glob("[!_]*.py"))] or [room]
    assert loaded_by(f"import {', '.join(modules)}") & {"pytest", "_pytest", "hypothesis", "grader.plugin"} == set()


def test_only_what_is_about_torch_imports_it() -> None:
    """Inside functions it may be imported, by whoever is asked for it."""
    sources = [*(ROOT / "grader").rglob("*.py"), *(ROOT / "tests").rglob("test_*.py")]
    imports = {path: ast.parse(path.read_text(encoding="utf-8")).body for path in sources}
    found = {path for path, body in imports.items() if any(map(_is_torch, body))}
    assert found == {ROOT / "grader" / "worker" / name for name in ("models.py", "training.py")}


def _is_torch(statement: ast.stmt) -> bool:
    return bool(re.match(r"(?:import|from) torch\b", ast.unparse(statement)))


def test_every_module_named_in_the_architecture_page_exists() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    plan = page.partition("grader/\n")[2].partition("```")[0]
    there = {path.name for path in (ROOT / "grader").rglob("*.py")}
    named = set(re.findall(r"\b[a-z_]+\.py\b", plan))
    assert named
    assert named - there == set()


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
