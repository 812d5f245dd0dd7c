"""A short fuzz of all that reads what strangers wrote; `benchmarks/fuzz.py` goes on for as long as one likes."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "fuzz.py"


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    """The program as a module."""
    spec = importlib.util.spec_from_file_location("fuzz", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_short_fuzz_finds_nothing() -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "--count", "3000", "--seed", "1"], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" read, ") == 5


def test_what_is_not_refused_as_it_should_be_is_found(
    fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fuzz, "FOUND", tmp_path / "found")
    strict = fuzz.Kind(lambda: [b"right"], lambda data: {b"right": 1}[data], ())
    monkeypatch.setitem(fuzz.KINDS, "strict", strict)
    ends = list(fuzz.fuzzed("strict", 50, 0))
    assert any(end.startswith("KeyError") for end in ends)
    assert list((tmp_path / "found").iterdir())


def test_the_same_seed_gives_the_same_inputs(fuzz: ModuleType) -> None:
    def inputs(seed: int) -> list[bytes]:
        dice = fuzz.random.Random(seed)
        return [fuzz.changed([b"abc", b"defg"], dice) for _ in range(100)]

    assert inputs(1) == inputs(1) != inputs(2)
