"""`make mutants` draws small mistakes in the engine by a seed, and tells which of them its tests notice."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
try:
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
    assert {one.module.name for one in first} == {"decimals.py"}


def test_every_module_of_a_room_and_every_test_module_exists() -> None:
    for globs, tests in mutants.ROOMS.values():
        assert all(list((mutants.ROOT / "grader").glob(glob)) for glob in globs)
        assert all((mutants.ROOT / "tests" / "engine" / f"test_{name}.py").is_file() for name in tests)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project of one module, of which one function is tested and one is not."""
    root = tmp_path / "project"
    for name, text in {"grader/engine/sums.py": MODULE, "tests/engine/test_sums.py": TEST, "pytest.ini": ""}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=root, check=True)
    monkeypatch.setattr(mutants, "ROOT", root)
    monkeypatch.setattr(mutants, "ROOMS", {"all": (("engine/*.py",), ("sums",))})
    # The little engine is not the one whose plugin pytest would load.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.mark.usefixtures("project")
def test_what_no_test_notices_survives(tmp_path: Path) -> None:
    copy = mutants.Copy(tmp_path / "copy")
    found = {one.mutant.name: copy.survives(one) for one in mutants.drawn(100, 0)}
    noticed = {name for name, survives in found.items() if not survives}
    assert noticed == {name for name in found if name.startswith(("add:", "line 2:"))}
    assert len(noticed) >= 4
    assert any(name.startswith("unused:") for name in found)
    source = (copy.folder / "grader" / "engine" / "sums.py").read_text(encoding="utf-8")
    assert ast.dump(ast.parse(source)) == ast.dump(ast.parse(MODULE))
