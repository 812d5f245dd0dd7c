"""A small course for a hostile class: arrays, functions that are passed in, a log, a file, checks that can spin."""

from __future__ import annotations

from pathlib import Path

# Stands in what nobody may read: it must not come out anywhere.
SECRET = "a secret of the hidden suite, 7919"
ASSIGNMENT = "hostile"
RUBRIC = """\
assignment: hostile
title: Numbers
marks: 7
suites:
  public: [tests/public/test_numbers.py]
  hidden: [tests/hidden/test_numbers.py]
limits: {cpu_seconds: 0.5, memory_mb: 256}
questions:
  - id: numbers.double
    title: (a) Twice an array
    module: numbers_work
    names: [double]
    packages: [numpy]
    criteria:
      - {id: numbers.double.value, title: it is twice the array, marks: 2}
  - id: numbers.apply
    title: (b) A function and its argument
    module: numbers_work
    names: [apply]
    packages: [numpy]
    criteria:
      - {id: numbers.apply.value, title: it is the function's value and its argument, marks: 1}
  - id: numbers.record
    title: (c) A record
    module: numbers_work
    names: [record]
    packages: [numpy]
    criteria:
      - {id: numbers.record.runs, title: it holds two runs, marks: 1}
  - id: numbers.file
    title: (d) A file
    module: numbers_work
    names: [write]
    packages: [numpy]
    criteria:
      - {id: numbers.file.written, title: it is written, marks: 1}
  - id: numbers.count
    title: (e) A number to count to, and how often
    module: numbers_work
    names: [count, fill]
    packages: [numpy]
    criteria:
      - {id: numbers.count.small, title: it is five, marks: 1}
      - {id: numbers.count.filled, title: so many ones, marks: 1}
"""
PUBLIC = '''\
import numpy as np

from grader.checks import assert_close, criterion


@criterion("numbers.double.value")
def test_double_of_an_array(submission):
    """Multiply an array by two.

    Catches: numbers made up.
    """
    assert_close(submission.double(np.arange(3.0)), [0, 2, 4], what="the double")


@criterion("numbers.file.written")
def test_a_file_is_written(submission):
    """Write "done" to the file.

    Catches: nothing written.
    """
    submission.write(submission.path("file.txt"))
    assert submission.file("file.txt") == b"done"
'''
HIDDEN = f'''\
import numpy as np
from hypothesis import given, strategies as st

from grader.checks import assert_close, criterion, run_log

SECRET = "{SECRET}"


@criterion("numbers.double.value")
@given(number=st.integers(2, 99))
def test_double_of_anything(submission, number):
    """Multiply any array by two.

    Catches: numbers made up.
    """
    x = np.linspace(1, number, 5)
    assert_close(submission.double(x), 2 * x, what="the double")


@criterion("numbers.apply.value")
def test_apply(submission):
    """Call the function and add its argument.

    Catches: a function that is not called.
    """
    assert_close(submission.apply(lambda x: x * x, np.ones(3)), 2 * np.ones(3), what="the sum")


@criterion("numbers.record.runs")
def test_record(submission):
    """Give a log of two runs.

    Catches: no log.
    """
    assert len(run_log(submission.record(), ["loss"])) == 2


@criterion("numbers.count.small")
def test_count(submission):
    """Count to five.

    Catches: another number. (For what is far larger this check has no end: it is there to be held.)
    """
    assert sum(1 for _ in range(5)) == 5 and sum(range(submission.count())) == 10


@criterion("numbers.count.filled")
def test_fill(submission):
    """Fill an array with ones.

    Catches: another number. (What is far larger takes all memory.)
    """
    assert np.ones(submission.fill()).sum() == 5
'''
RIGHT = """\
import numpy as np


def double(x):
    return 2 * x


def apply(function, x):
    return function(x) + x


def record():
    runs = [(rate, epoch) for rate in (1, 2) for epoch in (1, 2)]
    return "".join('{"rate": %d, "epoch": %d, "loss": 0.5}\\n' % run for run in runs)


def write(path):
    with open(path, "w") as file:
        file.write("done")


def count():
    return 5


def fill():
    return 5
"""
FILES = {
    "rubrics/hostile.yaml": RUBRIC,
    "tests/public/test_numbers.py": PUBLIC,
    "tests/hidden/test_numbers.py": HIDDEN,
    "reference/numbers_work.py": RIGHT,
}


def write_course(folder: Path) -> Path:
    """Write the course below a folder, and return where it is."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def replaced(name: str, body: str, first: str = "") -> str:
    """Return the right work with the body of one function replaced, and with lines before all of it."""
    lines, kept, skipping = RIGHT.splitlines(), list[str](), False
    for line in lines:
        if line.startswith("def "):
            skipping = line.startswith(f"def {name}(")
            kept.append(line)
            kept += [f"    {each}" for each in body.strip("\n").splitlines()] if skipping else []
        elif not skipping or not line.startswith("    "):
            kept.append(line)
    return "\n".join([first, *kept, ""])
