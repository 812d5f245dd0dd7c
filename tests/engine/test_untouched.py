"""Stubs that are as they were released: their checks say at once what they would have said after running."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.desk import released
from grader.desk.released import ReleasedStubs

RUBRIC = """\
assignment: tiny
title: Sums
marks: 3
suites:
  public: [tests/public/test_sums.py]
questions:
  - id: sums.double
    title: (a) Twice a number
    module: sums
    names: [double]
    packages: [numpy]
    criteria: [{id: sums.double.value, title: it is twice the number, marks: 1}]
  - id: sums.thrice
    title: (b) Thrice a number
    module: others
    names: [thrice]
    packages: [numpy]
    criteria: [{id: sums.thrice.value, title: it is three times the number, marks: 2}]
"""
PUBLIC = '''\
from pathlib import Path

from grader.checks import criterion


@criterion("sums.double.value")
def test_double(submission):
    """Multiply seven by two."""
    Path(__file__).with_name("drawn").touch()
    assert submission.double(7) == 14


@criterion("sums.thrice.value")
def test_thrice(submission):
    """Multiply seven by three."""
    assert submission.thrice(7) == 21
'''
STUBS = {
    name: f'''\
"""Stubs, with modules and globals in their descriptions."""

import numpy as np

STEP = 1


def {name}(x: np.ndarray) -> np.ndarray:
    """Return a multiple."""
    raise NotImplementedError("sums.{name}")
'''
    for name in ("double", "thrice")
}
FILES = {"sums.py": STUBS["double"], "others.py": STUBS["thrice"]}
# What is written over the released file of another question, or beside both.
NOT_AS_RELEASED = {
    "a solved question": ("sums.py", "def double(x): return 2 * x\n"),
    "another signature": ("sums.py", "def double(): raise NotImplementedError\n"),
    "a decorator": (
        "sums.py",
        "def twice(f): return lambda x: 2 * x\n\n@twice\ndef double(x):\n raise NotImplementedError\n",
    ),
    "replaced below": ("sums.py", STUBS["double"] + "\ndouble = lambda x: 2 * x\n"),
    "replaced by globals": ("sums.py", STUBS["double"] + "\nglobals()['double'] = lambda x: 2 * x\n"),
    "replaced by exec": ("sums.py", STUBS["double"] + "\nexec('def double(x): return 2 * x')\n"),
    "replaced from another file": (
        "others.py",
        "import sums\n\nsetattr(sums, 'double', lambda x: 2 * x)\n\ndef thrice(x): return 3 * x\n",
    ),
    "in a new file": ("mine.py", "def double(x): return 2 * x\n"),
    "in a notebook": ("mine.ipynb", '{"cells": [{"cell_type": "code", "source": "def double(x):\\n return 2 * x"}]}'),
    "an untouched copy with an import that fails": ("sums.py", "import nowhere\n" + STUBS["double"]),
    "not Python": ("others.py", "def thrice(x) return 3 * x\n"),
    "not Python, where it is wanted": ("sums.py", "def double(x) return 2 * x\n"),
    "a class with a metaclass": (
        "sums.py",
        "class M(type):\n    def __call__(cls, x): return 2 * x\n\nclass double(metaclass=M):\n"
        "    def __init__(self, x): raise NotImplementedError\n",
    ),
    "deleted": ("sums.py", None),
}  # fmt: skip


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    texts = {"rubrics/tiny.yaml": RUBRIC, "tests/public/test_sums.py": PUBLIC}
    texts |= {f"student/{name}": text for name, text in FILES.items()}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    tell(folder)
    return folder


def tell(kit: Path) -> None:
    """Write down what was released, as a release does."""
    text = released.written(kit / "student" / name for name in FILES)
    (kit / "rubrics" / f"tiny{released.RELEASED}").write_text(text, encoding="utf-8")


def run(kit: Path) -> tuple[int, str]:
    """Return the exit code and the output of a first run, without how long it took."""
    for old in (kit / "last_run").glob("*"):
        old.unlink()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    options = ["-p", "grader.pytest_side.entry", "-p", "no:cacheprovider", "-v", "tests/public"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--disable-plugin-autoload", *options],
        cwd=kit, env={**environment, "COLUMNS": "100"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, re.sub(r"=+ (.*) in [\d.]+s.*", r"\1", done.stdout)


def test_a_check_of_a_stub_as_it_was_released_is_not_run(kit: Path) -> None:
    code, said = run(kit)
    assert (code, "2 not implemented" in said) == (1, True)
    assert not (kit / "tests" / "public" / "drawn").exists()


def test_a_check_of_a_changed_stub_is_run(kit: Path) -> None:
    (kit / "student" / "sums.py").write_text(STUBS["double"] + "\n# begun\n", encoding="utf-8")
    assert "2 not implemented" in run(kit)[1]
    assert (kit / "tests" / "public" / "drawn").exists()


@pytest.mark.parametrize("case", NOT_AS_RELEASED)
def test_what_is_known_of_the_release_changes_no_word_of_a_run(kit: Path, case: str) -> None:
    name, text = NOT_AS_RELEASED[case]
    (kit / "student" / name).unlink(missing_ok=True)
    if text is not None:
        (kit / "student" / name).write_text(text, encoding="utf-8")
    with_it = run(kit)
    (kit / "rubrics" / f"tiny{released.RELEASED}").unlink()
    assert with_it == run(kit)


def test_line_ends_of_another_system_are_no_change(kit: Path) -> None:
    file = kit / "student" / "sums.py"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    run(kit)
    assert not (kit / "tests" / "public" / "drawn").exists()


def test_a_file_about_the_release_that_cannot_be_read_says_nothing(kit: Path) -> None:
    for text in ("{", "[]", '{"digest": 3}', '"text"'):
        (kit / "rubrics" / f"tiny{released.RELEASED}").write_text(text, encoding="utf-8")
        assert ReleasedStubs.of(kit).names_in(kit / "student" / "sums.py") is None
    assert "2 not implemented" in run(kit)[1]
