"""One submission, graded: the same each time, by whose fault a check ends, and what depends on what."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.core.errors import MissingPackage, StaffError, UsageError
from grader.core.outcome import Outcome
from grader.course.folder import Course
from grader.grading.session import Grader, Grading, opened_grader
from grader.sandbox import packages
from grader.sandbox.sandbox import ISOLATIONS

RUBRIC = """\
assignment: tiny
title: Sums
marks: 8
suites: {public: [tests/public/test_sums.py], hidden: [tests/hidden/test_sums.py]}
limits: {cpu_seconds: 1, memory_mb: 256}
questions:
  - id: sums.double
    title: (a) Twice a number
    module: sums
    names: [double]
    packages: [numpy]
    criteria:
      - {id: sums.double.value, title: it is twice the number, marks: 1}
      - {id: sums.double.drawn, title: for any number, marks: 1, requires: [sums.double.value]}
      - {id: sums.double.parts, title: in parts, marks: 2, partial: true}
  - id: sums.table
    title: (b) A table
    module: sums
    names: [table, hang]
    packages: [numpy]
    criteria:
      - {id: sums.table.first, title: its first entry, marks: 1, requires: [sums.double.drawn]}
      - {id: sums.table.callback, title: it calls back, marks: 1}
      - {id: sums.table.unlisted, title: something unlisted, marks: 1}
      - {id: sums.table.broken, title: a check that is wrong itself, marks: 1}
"""

PUBLIC = '''\
from hypothesis import given, strategies as st

from grader.checks import criterion


@criterion("sums.double.value")
def test_double_of_seven(submission):
    """Multiply seven by two."""
    assert submission.double(7) == 14


@criterion("sums.double.parts")
def test_double_of_zero(submission):
    """Multiply zero by two."""
    assert submission.double(0) == 0


@criterion("sums.double.parts")
def test_double_of_text(submission):
    """Double a text."""
    assert submission.double("a") == "aa"


@criterion("sums.table.first")
def test_first_entry(submission):
    """Return a table whose first entry is 1."""
    assert submission.table()[0] == 1


@criterion("sums.table.callback")
def test_calls_back(submission):
    """Call the function that is passed in."""
    assert submission.table(lambda: submission.table) == [1]


@criterion("sums.table.unlisted")
def test_unlisted(submission):
    """Call what the question does not list."""
    submission.chair()


@criterion("sums.table.broken")
def test_wrong_itself(submission):
    """Look for what even the reference does not have."""
    submission.table()["legs"]
'''

HIDDEN = '''\
import numpy as np
from hypothesis import given, strategies as st

from grader.checks import assert_close, criterion


@criterion("sums.double.drawn")
@given(x=st.integers(-10**6, 10**6))
def test_double_of_anything(submission, x):
    """Multiply any number by two."""
    assert_close(submission.double(np.array([x, 1.0])), [2 * x, 2], what="the double")
'''

REFERENCE = """\
def double(x):
    return x + x


def table(f=None):
    if f:
        f()
    return [1]


def hang():
    pass
"""

ALL = {
    "sums.double.value": "passed",
    "sums.double.drawn": "passed",
    "sums.double.parts": "passed",
    "sums.table.first": "passed",
    "sums.table.callback": "broken",
    "sums.table.unlisted": "broken",
    "sums.table.broken": "broken",
}

Grade = Callable[..., Grading]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name, text in {
        "rubrics/tiny.yaml": RUBRIC,
        "tests/public/test_sums.py": PUBLIC,
        "tests/hidden/test_sums.py": HIDDEN,
        "reference/sums.py": REFERENCE,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def grade(course: Path) -> Grade:
    """Grade a work by its text, with a grader of its own."""

    def graded(text: str, *, body: Callable[[Grader, Path], Any] = Grader.grade, **options: Any) -> Any:
        work = course / "cs23b001.py"
        work.write_text(text, encoding="utf-8")
        found = Course.find(course)
        with opened_grader(found, found.rubric("tiny"), **options) as grader:
            return body(grader, work)

    return graded


def outcomes(grading: Grading) -> dict[str, str]:
    return {c.id: c.outcome.value for question in grading.result.questions for c in question.criteria}


def marks(grading: Grading) -> dict[str, str]:
    return {c.id: c.marks for question in grading.result.questions for c in question.criteria}


def feedback(grading: Grading, criterion: str) -> str:
    return next(c.feedback for question in grading.result.questions for c in question.criteria if c.id == criterion)


def without_isolation(grading: Grading) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(grading.result.to_json())
    del document["isolation"]
    return document


# ── the same each time ────────────────────────────────────────────────────────────────────────────

WRONG = """\
import numpy as np

class Thing: pass

def double(x):
    print("doubling", x)
    return 3 * x if np.any(np.abs(x) > 500) else x + x

def table(f=None):
    raise LookupError(f"no {Thing()} here")
"""


def test_the_same_work_is_graded_the_same_word_for_word_in_every_isolation(grade: Grade) -> None:
    first, *others = [without_isolation(grade(WRONG, isolation=isolation)) for isolation in ISOLATIONS]
    assert others == [first] * len(others)
    assert first["questions"][0]["criteria"][1]["outcome"] == "failed"


def test_work_that_draws_at_random_without_a_seed_is_graded_the_same_each_time(grade: Grade) -> None:
    drawing = """\
import random
import numpy as np

def double(x): raise ValueError(random.random(), np.random.rand())
"""
    first, *others = [feedback(grade(drawing), "sums.double.value") for _ in range(3)]
    assert "ValueError: (0." in first
    assert others == [first, first]


def test_the_same_work_is_graded_the_same_twice_by_one_grader_and_after_another_work(grade: Grade) -> None:
    def thrice(grader: Grader, work: Path) -> list[dict[str, Any]]:
        other = work.with_name("other.py")
        other.write_text(REFERENCE, encoding="utf-8")
        return [without_isolation(grader.grade(path)) for path in (work, work, other, work)]

    documents: Any = grade(WRONG, body=thrice)
    assert documents[0] == documents[1] == documents[3]
    assert documents[2]["submission"] == "other"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("cs23b001.py", "from cs23b001 import double"),
        ("work/sums.py", "from sums import double"),
        ("work.ipynb", "# In a cell of work.ipynb:"),
    ],
)
def test_a_snippet_imports_from_where_the_work_stands(grade: Grade, course: Path, name: str, line: str) -> None:
    def handed_in(grader: Grader, _: Path) -> Grading:
        work = course / name
        work.parent.mkdir(exist_ok=True)
        cell: dict[str, object] = {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": WRONG,
        }
        notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
        work.write_text(WRONG.replace("x + x", "x") if name.endswith(".py") else json.dumps(notebook), encoding="utf-8")
        return grader.grade(course / name.split("/", maxsplit=1)[0])

    grading: Grading = grade("", body=handed_in)
    assert line in "".join(c.feedback for question in grading.result.questions for c in question.criteria)


@pytest.mark.parametrize("only", ["sums.double.drawn", "sums.table", "*.parts"])
def test_a_criterion_is_graded_the_same_alone_as_among_all(grade: Grade, only: str) -> None:
    whole, part = (
        {c["id"]: c for question in without_isolation(grading)["questions"] for c in question["criteria"]}
        for grading in (grade(WRONG), grade(WRONG, only=only))
    )
    assert part
    assert part == {name: whole[name] for name in part}


def test_only_shows_what_was_asked_for_though_more_is_run(grade: Grade) -> None:
    grading = grade("def double(x): return 0", only="sums.double.drawn")
    assert outcomes(grading) == {"sums.double.drawn": "skipped"}
    assert {check.check.criterion for check in grading.checks} <= {"sums.double.drawn"}


@pytest.mark.parametrize(
    "text",
    [
        REFERENCE,
        WRONG,
        "def double(x): return 0 if isinstance(x, int) else x + x\n",
        "def table(f=None): return None\n",
    ],
    ids=["right", "wrong for large numbers", "in part", "little"],
)
def test_the_marks_are_the_same_in_brief_and_less_is_run_for_them(grade: Callable[..., Any], text: str) -> None:
    def twice(grader: Grader, work: Path) -> tuple[Grading, Grading]:
        return grader.grade(work), grader.narrowed("*", brief=True).grade(work)

    whole, brief = grade(text, body=twice)
    assert [marks(brief), brief.result.marks] == [marks(whole), whole.result.marks]
    assert {result.check for result in brief.checks} <= {result.check for result in whole.checks}


def test_in_brief_the_first_example_that_fails_is_the_last(grade: Callable[..., Any], course: Path) -> None:
    suite = course / "tests" / "hidden" / "test_sums.py"
    counted = HIDDEN.replace(
        "    assert_close", "    with open(__file__ + '.log', 'a') as log: print(x, file=log)\n    assert_close"
    )
    suite.write_text(counted, encoding="utf-8")

    def examples(grader: Grader, work: Path) -> list[list[bool]]:
        found, log = list[list[bool]](), suite.with_name("test_sums.py.log")
        for brief in (False, True):
            grader.narrowed("sums.double.drawn", brief=brief).grade(work)
            found.append([abs(int(line)) > 500 for line in log.read_text().split()])
            log.unlink()
        return found

    whole, brief = grade(WRONG, body=examples)
    assert sum(brief) == 2  # and once more, as it is raised
    assert sum(whole) > 2


def test_a_name_that_no_criterion_has_is_refused(grade: Grade) -> None:
    with pytest.raises(UsageError, match=r"called 'sums\.x'") as caught:
        grade(REFERENCE, only="sums.x")
    assert "sums.double.value" in str(caught.value)


# ── whose fault ───────────────────────────────────────────────────────────────────────────────────


def test_the_reference_passes_all_but_the_checks_that_are_wrong_themselves(grade: Grade) -> None:
    grading = grade(REFERENCE)
    assert outcomes(grading) == ALL
    assert not grading.result.complete
    assert (grading.result.marks, grading.result.max_marks) == ("5", "8")


def test_an_error_of_a_check_is_the_students_where_the_reference_passes(grade: Grade) -> None:
    grading = grade("def double(x): return x + x\ndef table(f=None): return None\n")
    assert outcomes(grading)["sums.table.first"] == "failed"
    assert "the check could not use what was returned" in feedback(grading, "sums.table.first")
    assert outcomes(grading)["sums.table.broken"] == "broken"


def test_a_check_that_errs_itself_costs_no_marks_where_a_name_comes_about_at_run_time(grade: Grade) -> None:
    grading = grade("def double(x): return x + x\nglobals()['table'] = lambda f=None: [1]\n")
    assert outcomes(grading)["sums.table.first"] == "passed"
    assert outcomes(grading)["sums.table.broken"] == "broken"


def test_a_broken_check_tells_the_student_nothing_but_that_it_is_not_their_fault(grade: Grade) -> None:
    grading = grade(REFERENCE)
    for criterion in ("sums.table.callback", "sums.table.unlisted", "sums.table.broken"):
        assert feedback(grading, criterion).startswith("This could not be graded because of a fault in the grader")
    told = {check.check.criterion: check.feedback.kind for check in grading.checks}
    assert "'chair', which its question does not list" in told["sums.table.unlisted"]


LEAK = """\
def double(x):
    if x == 0 or x == 7 or isinstance(x, str):
        return x + x
    kind = (ValueError, KeyError, OSError)[x % 3]
    exec(compile("\\n" * (abs(x) % 90) + "raise kind", __file__, "exec"), {"kind": kind})
"""


def test_lines_and_kinds_of_exceptions_tell_nothing_of_a_hidden_checks_input(grade: Grade) -> None:
    by_input = grade(LEAK)
    always = grade(LEAK.replace("x % 3", "0").replace("abs(x) % 90", "1"))
    assert outcomes(by_input)["sums.double.drawn"] == "raised"
    assert feedback(by_input, "sums.double.drawn") == feedback(always, "sums.double.drawn")
    assert "exception in `double`" in feedback(by_input, "sums.double.drawn")


def test_a_fault_of_the_grader_leaves_the_next_criterion_as_it_was(grade: Grade) -> None:
    text = REFERENCE.replace("    if f:", "    open('called', 'a').write('x')\n    if f:")
    assert outcomes(grade(text)) == ALL


def test_a_package_that_is_not_installed_costs_no_marks_and_leaves_other_questions_graded(
    grade: Grade, course: Path
) -> None:
    rubric = course / "rubrics" / "tiny.yaml"
    head, table = rubric.read_text(encoding="utf-8").split("  - id: sums.table")
    rubric.write_text(f"{head}  - id: sums.table{table.replace('[numpy]', '[nunpy, numpy]')}", encoding="utf-8")
    grading = grade("def double(x): return x + x\ndef table(f=None): return [1]\n")
    ended = outcomes(grading)
    assert {ended[f"sums.double.{part}"] for part in ("value", "drawn", "parts")} == {"passed"}
    assert {ended[f"sums.table.{part}"] for part in ("first", "callback", "unlisted", "broken")} == {"broken"}
    assert not grading.result.complete
    [note] = grading.result.notes
    assert "'nunpy', which is not installed here" in note
    assert "pip install nunpy" in note
    assert "fault in the grader" in feedback(grading, "sums.table.first")


def test_a_class_is_not_graded_before_its_packages_are_there(grade: Grade, course: Path) -> None:
    rubric = course / "rubrics" / "tiny.yaml"
    head, table = rubric.read_text(encoding="utf-8").split("  - id: sums.table")
    rubric.write_text(f"{head}  - id: sums.table{table.replace('[numpy]', '[nunpy, numpy]')}", encoding="utf-8")
    graded = list[Path]()
    with pytest.raises(MissingPackage, match="pip install nunpy"):
        grade("", body=lambda _, work: graded.append(work), packages="demanded")
    assert not graded


def test_a_package_of_an_extra_is_told_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    extras = ['nunpy==2; extra == "dev"', 'nunpy==2; extra == "torch"']
    monkeypatch.setattr("importlib.metadata.requires", lambda _: extras)
    with pytest.raises(StaffError, match=r"pip install 'gradproof\[torch\]'"):
        packages.package_set.__wrapped__(("nunpy",))


def test_packages_are_found_as_among_all_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("matplotlib", "PIL", "yaml")  # the last two are of distributions with other names
    quickly = packages.package_set.__wrapped__(asked)
    owners = importlib.metadata.packages_distributions()
    monkeypatch.setattr(packages, "_owners", lambda name: owners[name])
    monkeypatch.setattr(
        packages, "_tops", lambda found: {file.parts[0] for file in found.files} - {"..", "__pycache__"}
    )
    assert packages.package_set.__wrapped__(asked) == quickly
    assert {"numpy", "matplotlib", "PIL", "yaml"} <= {entry.name for entry in quickly.entries}


def test_a_crash_costs_the_criterion_that_it_happened_in(grade: Grade) -> None:
    text = (
        "import os\ndef double(x): return os._exit(0) if isinstance(x, str) else x + x\ndef table(f=None): return [1]"
    )
    grading = grade(text)
    ended = outcomes(grading)
    assert ended["sums.double.parts"] == "crashed"
    assert (ended["sums.double.value"], ended["sums.double.drawn"], ended["sums.table.first"]) == ("passed",) * 3
    assert next(c for c in grading.result.questions[0].criteria if c.id == "sums.double.parts").marks == "1"


def test_nothing_handed_in_of_a_question_is_not_implemented(grade: Grade) -> None:
    ended = outcomes(grade("def double(x): return x + x"))
    assert ended["sums.table.first"] == "not_implemented"
    assert ended["sums.double.drawn"] == "passed"


# ── what requires what ────────────────────────────────────────────────────────────────────────────


def test_what_requires_something_that_failed_is_skipped_and_says_why(grade: Grade) -> None:
    grading = grade(REFERENCE.replace("x + x", "3 * x"))
    ended = outcomes(grading)
    assert (ended["sums.double.value"], ended["sums.double.drawn"], ended["sums.table.first"]) == (
        "failed", "skipped", "skipped",
    )  # fmt: skip
    assert "it is twice the number" in feedback(grading, "sums.double.drawn")
    assert "for any number" in feedback(grading, "sums.table.first")
    assert not [check for check in grading.checks if check.check.criterion == "sums.double.drawn"]


def test_a_partial_criterion_earns_the_share_of_its_checks(grade: Grade) -> None:
    grading = grade("def double(x): return 0 if x == 0 else None")
    assert [c.marks for c in grading.result.questions[0].criteria] == ["0", "0", "1"]


# ── time ──────────────────────────────────────────────────────────────────────────────────────────

SLEEPS = "import time\ndef double(x): time.sleep(60)\n"


def test_a_time_out_that_the_wall_clock_decided_is_flagged(grade: Grade) -> None:
    grading = grade(SLEEPS, only="sums.double.value")
    assert outcomes(grading) == {"sums.double.value": "timed_out"}
    assert grading.again


def test_a_time_out_that_cpu_time_decided_is_not(grade: Grade) -> None:
    grading = grade("def double(x):\n    while True: pass\n", only="sums.double.value")
    assert outcomes(grading) == {"sums.double.value": "timed_out"}
    assert not grading.again


# ── suites ────────────────────────────────────────────────────────────────────────────────────────

BAD_SUITES = {
    "no criterion": ("def test_x(submission):\n    'Ask.'\n", "names no criterion"),
    "no docstring": (
        "from grader.checks import criterion\n@criterion('sums.double.value')\ndef test_x(submission): pass\n",
        "does not say what it asks",
    ),
    "no Python": ("def test_x(:\n", "cannot be collected"),
    "an error on import": ("1 / 0\n", "ZeroDivisionError"),
}


@pytest.mark.parametrize(("text", "words"), BAD_SUITES.values(), ids=BAD_SUITES.keys())
def test_a_suite_that_cannot_be_used_is_the_staffs_to_mend(grade: Grade, course: Path, text: str, words: str) -> None:
    for suite in ("public", "hidden"):
        (course / "tests" / suite / "test_sums.py").write_text(text, encoding="utf-8")
    with pytest.raises(StaffError, match=words):
        grade(REFERENCE)


def test_what_lies_beside_a_suite_is_not_run(grade: Grade, course: Path, tmp_path: Path) -> None:
    for name in ("tests/hidden/conftest.py", "conftest.py", "tests/hidden/pytest.ini", "pytest.ini"):
        (course / name).write_text("raise SystemExit\n" if name.endswith("py") else "[pytest]\naddopts = --x\n")
    assert outcomes(grade(REFERENCE))["sums.double.drawn"] == Outcome.PASSED
