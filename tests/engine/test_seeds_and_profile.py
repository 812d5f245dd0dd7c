"""The same examples every time: seeds from the assignment and the check, and nothing else that decides."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks.asking.channel import StudentRaised
from grader.pytest_side.profile import MAX_EXAMPLES, derived_seed, on_each_example

SUITE = """
import json
import os

import numpy as np
from hypothesis import example, given, strategies as st

from grader.checks import arrays, criterion

DRAWN = {}


def note(name, value):
    DRAWN.setdefault(name, []).append(repr(value))
    with open(os.environ["DRAWN"], "w") as file:
        json.dump(DRAWN, file)


@criterion("q.q.numbers")
@given(x=st.integers(), y=st.floats(), z=st.binary())
def test_numbers(submission, x, y, z):
    'Draw numbers.'
    note("numbers", (x, y, z))


@criterion("q.q.more")
@given(x=st.integers(), y=st.floats(), z=st.binary())
def test_more(submission, x, y, z):
    'Draw the same from another seed.'
    note("more", (x, y, z))


@criterion("q.q.arrays")
@given(a=arrays((3,)))
def test_arrays(submission, a):
    'Draw arrays.'
    note("arrays", a.tolist())


@criterion("q.q.plain")
def test_plain(submission):
    'Draw nothing.'
"""

RUBRIC = """\
assignment: drawn
title: Draws
marks: 4
suites: {public: [tests/public/test_draws.py], hidden: []}
questions:
  - id: q.q
    title: Draws
    module: work
    names: [f]
    packages: [numpy]
    criteria:
      - {id: q.q.numbers, title: n, marks: 1}
      - {id: q.q.more, title: m, marks: 1}
      - {id: q.q.arrays, title: a, marks: 1}
      - {id: q.q.plain, title: p, marks: 1}
"""

LOCAL_MODULE = "NUMBERS = [123456789, 987654321, 31415926]\nWORDS = [b'xyzzy', b'plugh']\nFLOATS = [2.71828, 1.41421]\n"

GRADE = """
import sys
from pathlib import Path
from grader.course.folder import Course
from grader.grading.session import opened_grader
{before}
course = Course.find(Path(sys.argv[1]))
with opened_grader(course, course.rubric("drawn"), only=sys.argv[2] or None, isolation="process") as grader:
    for _ in range({times}):
        grader.grade(course.root / "student")
"""

Drawn = dict[str, list[str]]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    files = {
        "rubrics/drawn.yaml": RUBRIC, "tests/public/test_draws.py": SUITE, "student/work.py": "def f(): pass\n",
        "reference/work.py": "def f(): pass\n", "local_module.py": LOCAL_MODULE,
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def drawn(course: Path, *command: str) -> Drawn:
    out = course / "drawn.json"
    environment = {"PATH": "", "DRAWN": str(out), "PYTHONPATH": str(course), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=course, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: Drawn = json.loads(out.read_text(encoding="utf-8"))
    out.unlink()
    return found


def graded(course: Path, only: str = "", before: str = "", times: int = 1) -> Drawn:
    return drawn(course, "-c", GRADE.format(before=before, times=times), str(course), only)


def in_process(course: Path, *options: str) -> Drawn:
    return drawn(course, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/public", *options)


def test_a_check_draws_the_same_examples_wherever_it_runs_and_with_whatever_else(course: Path) -> None:
    first = graded(course)
    assert set(first) == {"numbers", "more", "arrays"}
    assert len(set(first["arrays"])) > 1
    assert in_process(course) == first
    assert in_process(course, "-k", "more") == {"more": first["more"]}
    assert graded(course, only="q.q.arrays") == {"arrays": first["arrays"]}
    twice = graded(course, before="import local_module, sqlite3, xml.dom.minidom", times=2)
    assert twice == {name: examples * 2 for name, examples in first.items()}


def test_the_secret_of_a_course_changes_what_is_drawn_for_grading_only(course: Path) -> None:
    public = in_process(course)
    (course / ".course-secret").write_text("of this year", encoding="utf-8")
    assert graded(course)["numbers"] != public["numbers"]
    assert in_process(course) == public


def test_no_example_is_left_on_disk(course: Path) -> None:
    in_process(course)
    graded(course)
    assert not list(course.glob(".hypothesis/examples/*"))
    assert not (course / ".pytest_cache").exists()


# HMAC fills a short key with zeros, and no assignment has a NUL in its name.
words = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=8)
parts = st.tuples(words.map(str.encode), words, words)


@given(parts, parts)
@settings(max_examples=200)
def test_a_seed_depends_on_each_of_its_parts(one: tuple[bytes, str, str], other: tuple[bytes, str, str]) -> None:
    assert (derived_seed(*one) == derived_seed(*other)) == (one == other)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_seed_changes_with_any_one_part(place: int) -> None:
    parts: list[object] = [b"secret", "assignment", "check"]
    changed = [*parts]
    changed[place] = b"other" if place == 0 else "other"
    assert derived_seed(*parts) != derived_seed(*changed)  # type: ignore[arg-type]


def test_a_seed_is_the_same_for_ever() -> None:
    # HMAC-SHA256 is a standard; a change here would change the marks of old submissions.
    assert derived_seed(b"", "iith-ai5100-2023-a3", "tests/public/test_optimizers.py::test_x") == 13903843265202170970


def test_each_example_is_begun_once_even_after_a_suite_is_taken_up_again() -> None:
    begun: list[str] = []
    ran: list[int] = []

    @given(x=st.integers())
    @settings(max_examples=MAX_EXAMPLES, database=None)
    def test(x: int) -> None:
        ran.append(len(begun))

    for name in ("first", "second"):
        begun.clear()
        ran.clear()
        on_each_example(test, lambda name=name: begun.append(name))  # type: ignore[misc]
        test()
        assert begun == [name] * len(ran)
        assert ran == list(range(1, len(ran) + 1))


def test_a_plain_test_has_nothing_to_begin() -> None:
    def test() -> None:
        raise StudentRaised

    on_each_example(test, lambda: None)
    assert not hasattr(test, "hypothesis")
