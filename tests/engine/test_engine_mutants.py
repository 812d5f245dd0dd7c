"""`make mutants` draws small mistakes in the engine by a seed, and tells which of them its tests notice."""

from __future__ import annotations

import ast
import py_compile
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
try:
    import covering
    import mutants
finally:
    sys.path.pop(0)

MODULE = "def add(a, b):\n    return a + b\n\n\ndef unused(a):\n    return a - 1\n"
TEST = "from grader.engine.sums import add\n\n\ndef test_sums():\n    assert add(2, 3) == 5\n"


def test_a_draw_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    first, again, other = (mutants.drawn(8, seed, "results", "decimals") for seed in (0, 0, 1))
    assert len({one.mutant.source for one in first}) == 8
    assert first == again
    assert first != other
    assert {one.module for one in first} == {"grader/core/decimals.py"}


def test_every_module_of_a_room_and_every_test_module_exists() -> None:
    for globs, tests in mutants.ROOMS.values():
        assert all(list((mutants.ROOT / "grader").glob(glob)) for glob in globs.split())
        assert all((mutants.ROOT / "tests" / "engine" / f"test_{name}.py").is_file() for name in tests.split())


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project of one module, of which one function is tested and one is not."""
    root = tmp_path / "project"
    files = {"engine/__init__.py": "", "engine/sums.py": MODULE, "intake/limited.py": covering.SEALED}
    files = {f"grader/{name}": text for name, text in files.items()}
    for name, text in {**files, "tests/engine/test_sums.py": TEST, "pytest.ini": ""}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=root, check=True)
    monkeypatch.setattr(mutants, "ROOT", root)
    monkeypatch.setattr(mutants, "ROOMS", {"all": ("engine/*.py", "sums")})
    # The little engine is not the one whose plugin pytest would load.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.mark.usefixtures("project")
def test_what_no_test_notices_survives(tmp_path: Path) -> None:
    copy = mutants.Copy(tmp_path / "copy", 60)
    found = {one.mutant.name: copy.noticed(one) for one in mutants.drawn(100, 0)}
    noticed = {name for name, test in found.items() if test}
    assert noticed == {name for name in found if name.startswith(("add:", "line 2:"))}
    assert len(noticed) >= 4
    assert any(name.startswith("unused:") for name in found)
    assert {found[name] for name in noticed} == {"test_sums.py::test_sums"}
    source = (copy.folder / "grader" / "engine" / "sums.py").read_text(encoding="utf-8")
    assert ast.dump(ast.parse(source)) == ast.dump(ast.parse(MODULE))


@pytest.mark.usefixtures("project")
def test_a_mutant_is_run_and_not_the_bytecode_of_what_it_was_made_of(tmp_path: Path) -> None:
    """Catches: `a - b` written in the second, and of the size, of the `a + b` whose bytecode is there."""
    copy = mutants.Copy(tmp_path / "copy", 60)
    module = copy.folder / "grader" / "engine" / "sums.py"
    py_compile.compile(str(module), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    (one,) = (one for one in mutants.drawn(100, 0) if one.mutant.name == "add: return a + b → return a - b")
    assert copy.noticed(one) == "test_sums.py::test_sums"


@pytest.mark.usefixtures("project")
def test_a_test_whose_name_the_mutant_changes_is_run_all_the_same(tmp_path: Path) -> None:
    """Catches: a mutant noticed only because a test is not found, which would pass."""
    text = """\
        import pytest
        from grader.engine.sums import add

        @pytest.mark.parametrize("sum", [add(1, 1)])
        def test_of_any_sum(sum):
            add(1, 1)
    """
    (mutants.ROOT / "tests" / "engine" / "test_sums.py").write_text(textwrap.dedent(text), encoding="utf-8")
    copy = mutants.Copy(tmp_path / "copy", 60)
    (one,) = (one for one in mutants.drawn(100, 0) if one.mutant.name == "add: return a + b → return a - b")
    assert copy.noticed(one) == ""


@pytest.mark.usefixtures("project")
def test_a_test_runs_the_lines_that_it_or_its_fixtures_or_its_processes_run(tmp_path: Path) -> None:
    text = """\
        import subprocess, sys
        import pytest
        from grader.engine.sums import add, unused

        @pytest.fixture(scope="module")
        def sum():
            return add(1, 2)

        def test_one(sum): pass

        def test_other(sum): pass

        def test_process():
            subprocess.run([sys.executable, "-c", "from grader.engine.sums import unused; unused(1)"], check=True)

        def test_that_fails():
            assert unused(2) == 3
    """
    (mutants.ROOT / "tests" / "engine" / "test_sums.py").write_text(textwrap.dedent(text), encoding="utf-8")
    copy = mutants.Copy(tmp_path / "copy", 60)
    engine = ["grader/engine/sums.py"]
    tests = covering.tests_of("sums", engine, mutants.ROOT, copy.folder)
    within = {test.name.partition("::")[2]: {2, 6} & test.lines[engine[0]] for test in tests}
    assert within == {"test_one": {2}, "test_other": {2}, "test_process": {6}}
    assert covering.tests_of("sums", engine, mutants.ROOT, tmp_path / "is not measured again") == tests
    assert (copy.folder / covering.LOCK).read_text(encoding="utf-8") == covering.SEALED


SOURCE = """\
LIMIT = 3


class Box:
    size: int = 1

    def double(self, by: int = 2) -> int:
        if self.size > LIMIT or (
            by < 1
        ):
            return 0
        return self.size * by


def half(number: float) -> float:
    return number / 2
"""


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("self.size * by", "self.size / by", {12}),
        ("by < 1", "by <= 1", {8, 9, 10}),
        ("return 0", "return 1", {11}),
        ("by: int = 2", "by: int = 3", {8, 11, 12}),
        ("size: int = 1", "size: int = 2", {8, 11, 12, 16}),
        ("LIMIT = 3", "LIMIT = 4", {8, 11, 12, 16}),
    ],
)
def test_a_mutant_is_noticed_by_what_runs_its_statement_or_uses_what_it_is_made_for(
    old: str, new: str, lines: set[int]
) -> None:
    assert mutants.lines_of(SOURCE, SOURCE.replace(old, new)) == lines
