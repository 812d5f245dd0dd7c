"""A course small enough to break on purpose, the command line as a process of its own, a copy of the project."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

Command = Callable[..., subprocess.CompletedProcess[str]]
RUBRIC = """\
assignment: tiny
title: Sums
marks: 3
suites:
  public: [tests/public/test_sums.py]
  hidden: [tests/hidden/test_sums.py]
limits: {cpu_seconds: 1, memory_mb: 256}
questions:
  - id: sums.double
    title: (a) Twice a number
    module: sums
    names: [double]
    packages: [numpy]
    criteria:
      - {id: sums.double.value, title: it is twice the number, marks: 1}
  - id: sums.triple
    title: (b) Three times a number
    module: sums
    names: [triple]
    packages: [numpy]
    criteria:
      - {id: sums.triple.value, title: it is three times the number, marks: 2}
"""

SUITE = '''\
from grader.checks import criterion


@criterion("sums.{name}.value")
def test_{name}_of_seven(submission):
    """{name} multiplies seven by {factor}.

    Catches: numbers made up.
    """
    assert submission.{name}(7) == {factor} * 7
'''

REFERENCE = '''\
"""Sums."""


def double(number: int) -> int:
    """Return twice the number."""
    return 2 * number


def triple(number: int) -> int:
    """Return three times the number."""
    return 3 * number
'''


@pytest.fixture(scope="session")
def grader() -> Command:
    """Run `grader …` as a process of its own, with pipes for a terminal."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "grader", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def make_tiny_course(grader: Command) -> Callable[[Path], Path]:
    """Make a whole course of two questions, worth 1 and 2 marks, with its stubs, below a folder."""

    def make(folder: Path) -> Path:
        course = folder / "course"
        files = {
            "rubrics/tiny.yaml": RUBRIC,
            "reference/sums.py": REFERENCE,
            "tests/public/test_sums.py": SUITE.format(name="double", factor=2),
            "tests/hidden/test_sums.py": SUITE.format(name="triple", factor=3),
        }
        for name, text in files.items():
            (course / name).parent.mkdir(parents=True, exist_ok=True)
            (course / name).write_text(text, encoding="utf-8")
        made = grader("stubs", "--course", course)
        assert made.returncode == 0, made.stderr
        return course

    return make


@pytest.fixture
def tiny_course(tmp_path: Path, make_tiny_course: Callable[[Path], Path]) -> Path:
    """The small course, in the test's own folder."""
    return make_tiny_course(tmp_path)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's files as git knows them, with the present environment as its .venv."""
    folder = tmp_path_factory.mktemp("checkout") / "gradproof"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent, target_is_directory=True)
    (folder / ".venv" / ".ready").touch()  # or make would install this copy into the present environment
    return folder
