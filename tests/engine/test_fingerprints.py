"""What a criterion is graded by: which changes of a course touch it, and which do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.fingerprints import fingerprints
from grader.course.folder import Course

SUITE = '''\
"""Checks of two criteria."""

from grader.checks import criterion

FACTOR = 3
TABLE = {}
TABLE["seven"] = 7


def expected(number):
    return FACTOR * number


def unused():
    return 0


@criterion("sums.triple.value")
def test_triple_of_seven(submission):
    """triple multiplies seven by 3.

    Catches: numbers made up.
    """
    assert submission.triple(TABLE["seven"]) == expected(7)


@criterion("sums.triple.zero")
def test_triple_of_nothing(submission):
    """triple of nothing is nothing.

    Catches: an offset.
    """
    assert submission.triple(0) == 0
'''
HIDDEN, REFERENCE, RUBRIC = "tests/hidden/test_sums.py", "reference/sums.py", "rubrics/tiny.yaml"
VALUE, ZERO, DOUBLE = "sums.triple.value", "sums.triple.zero", "sums.double.value"
EVERY = {VALUE, ZERO, DOUBLE}
IMPORT = "from grader.checks import criterion"
MARK = '@criterion("sums.triple.zero")'
TITLE = "title: it is twice the number"
CHANGES = {
    "a comment": (HIDDEN, "FACTOR = 3", "FACTOR = 3  # the factor", set()),
    "layout": (HIDDEN, "FACTOR = 3", "FACTOR = (\n    3\n)", set()),
    "what no check uses": (HIDDEN, "return 0", "return 1", set()),
    "a check": (HIDDEN, "submission.triple(0) == 0", "submission.triple(0) in (0, 1)", {ZERO}),
    "what is asked": (HIDDEN, "triple of nothing is nothing", "triple of 0 is 0", {ZERO}),
    "a function of a check's": (HIDDEN, "return FACTOR * number", "return number * FACTOR", {VALUE}),
    "a constant of such a function": (HIDDEN, "FACTOR = 3", "FACTOR = 3.0", {VALUE}),
    "an object that is changed": (HIDDEN, '["seven"] = 7', '["seven"] = 7.0', {VALUE}),
    "an import": (HIDDEN, IMPORT, f"{IMPORT} as criterion", {VALUE, ZERO}),
    "something that is done for all": (HIDDEN, "def unused", "print()\n\n\ndef unused", {VALUE, ZERO}),
    "an id that is put together": (HIDDEN, MARK, MARK.replace('("', '(f"').replace("zero", "{'zero'}"), EVERY),
    "the reference": (REFERENCE, "return 3 * number", "return number * 3", EVERY),
    "what the reference imports": ("reference/helper.py", "ONE = 1", "ONE = 1.0", EVERY),
    "what it does not import": ("reference/other.py", "ONE = 1", "ONE = 1.0", set()),
    "a known mistake": ("tests/bank/misconceptions/sums.double/twice.py", "x = 1", "x = 2", {DOUBLE}),
    "marks": (RUBRIC, f"{TITLE}, marks: 1}}", f"{TITLE}, marks: 1.5}}", {DOUBLE}),
    "a title": (RUBRIC, TITLE, "title: it is two times it", set()),
    "packages": (RUBRIC, "packages: [numpy] # of triple", "packages: []", {VALUE, ZERO}),
    "limits of all": (RUBRIC, "cpu_seconds: 1", "cpu_seconds: 2", EVERY),
    "the policy": (RUBRIC, "title: Sums\n", "title: Sums\npolicy: {attempts: best}\n", set()),
}  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path]) -> Path:
    """The small course with a third criterion, a known mistake, and modules beside that of the reference."""
    root = make_tiny_course(tmp_path_factory.mktemp("course"))
    rubric = (root / RUBRIC).read_text(encoding="utf-8").replace("marks: 3\n", "marks: 4\n", 1)
    head, _, tail = rubric.rpartition("packages: [numpy]")
    more = "      - {id: sums.triple.zero, title: it is nothing, marks: 1}\n"
    (root / RUBRIC).write_text(f"{head}packages: [numpy] # of triple{tail}{more}", encoding="utf-8")
    (root / HIDDEN).write_text(SUITE, encoding="utf-8")
    reference = (root / REFERENCE).read_text(encoding="utf-8")
    (root / REFERENCE).write_text(
        reference.replace('"""Sums."""', '"""Sums."""\n\nfrom helper import ONE'), encoding="utf-8"
    )
    for name in ("reference/helper.py", "reference/other.py"):
        (root / name).write_text('"""More."""\n\nONE = 1\n', encoding="utf-8")
    known = root / "tests/bank/misconceptions/sums.double/twice.py"
    known.parent.mkdir(parents=True)
    known.write_text("x = 1\n", encoding="utf-8")
    return root


def found(course: Path) -> dict[str, str]:
    here = Course.find(course, to_grade=None)
    return fingerprints(here, here.rubric("tiny"))


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_touches_what_it_can_change_and_nothing_else(course: Path, change: str) -> None:
    name, old, new, touched = CHANGES[change]
    path, before = course / name, found(course)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    try:
        path.write_text(
            text.replace(old, new).replace("marks: 4\n", "marks: 4.5\n" if change == "marks" else "marks: 4\n"),
            encoding="utf-8",
        )
        after = found(course)
    finally:
        path.write_text(text, encoding="utf-8")
    assert {criterion for criterion in before if before[criterion] != after[criterion]} == touched


def test_the_same_course_has_the_same_fingerprints_wherever_it_lies(course: Path, tmp_path: Path) -> None:
    import shutil

    copy = shutil.copytree(course, tmp_path / "elsewhere")
    assert found(copy) == found(course)
    (copy / ".course-secret").write_text("other")
    assert not {*found(copy).values()} & {*found(course).values()}
