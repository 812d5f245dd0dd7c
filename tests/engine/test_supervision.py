"""What keeps a check busy, or ends the process that it runs in: whose fault it is, and that it costs nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.cohort.jobs import graded_alone
from grader.cohort.reports import MOST_STOPPED, GradingAttempt, Order, Report
from grader.core import memory_limit, supervision
from grader.core.errors import GraderFault
from grader.core.outcome import Outcome
from grader.core.supervision import Position, Stopped, Supervisor
from grader.grading.under_way import SPENT  # imported before a test holds checks to a second

# Each check does something that goes on for ever, or ends its process, for some of what it may be given.
SUITE = '''\
import ctypes
import os
import signal

import numpy as np

from grader.checks import criterion


@criterion("sums.triple.value")
def test_triple_of_seven(submission):
    """Triple multiplies seven by three.

    Catches: numbers made up.
    """
    number = submission.triple(7)
    if number == 1:
        sum(range(10**14))  # one call of C's, in which no handler of Python's runs
    if number == 2:
        os.kill(os.getpid(), signal.SIGSEGV)
    if number == 3:
        np.ones(10**9)
    assert number == 21
'''
BUSY, CRASHES, LARGE = 1, 2, 3
RIGHT = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"
TRIPLE, DOUBLE = "sums.triple.value", "sums.double.value"


@pytest.fixture(scope="module")
def course_before(tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path]) -> Path:
    return make_tiny_course(tmp_path_factory.mktemp("before"))


@pytest.fixture
def tiny_course(tmp_path: Path, course_before: Path) -> Path:
    """The small course, in the test's own folder."""
    return shutil.copytree(course_before, tmp_path / "course")


@pytest.fixture
def graded(tiny_course: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    """Grade a work that triples to some number, with checks held to a second."""
    monkeypatch.setattr(supervision, "CPU_SECONDS", 1.0)
    (tiny_course / "tests/hidden/test_sums.py").write_text(SUITE, encoding="utf-8")

    def grade(triple: object) -> Report:
        work = tiny_course.parent / "cs23b001.py"
        work.write_text(RIGHT.replace("3 * number", str(triple)), encoding="utf-8")
        return graded_alone(Order(tiny_course, "tiny", "auto", alone=True, in_full=True), work)

    return grade


def outcomes(report: Report) -> dict[str, Outcome]:
    return {criterion.id: criterion.outcome for criterion in report.demand().criteria}


def kind(report: Report) -> str:
    return next(check.feedback.kind for check in report.checks if check.check.criterion == TRIPLE)


def test_right_work_is_graded_as_ever(graded: Callable[..., Report]) -> None:
    report = graded("3 * number")
    assert report.demand().marks == "3"
    assert not report.again


def test_what_keeps_a_check_busy_costs_that_criterion_alone(graded: Callable[..., Report]) -> None:
    report = graded(BUSY)
    assert outcomes(report) == {DOUBLE: Outcome.PASSED, TRIPLE: Outcome.FAILED}
    assert "checking what was returned took more than 1 s of CPU time" in kind(report)


def test_what_takes_more_memory_than_checks_have_costs_that_criterion_alone(graded: Callable[..., Report]) -> None:
    report = graded(LARGE)
    assert outcomes(report) == {DOUBLE: Outcome.PASSED, TRIPLE: Outcome.FAILED}
    assert "more memory than is available (4096 MiB when it is graded)" in kind(report)


def test_memory_that_the_machine_does_not_give_is_the_machines_fault(
    graded: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_limit, "is_given", lambda: False)
    report = graded(LARGE)
    assert outcomes(report) == {DOUBLE: Outcome.PASSED, TRIPLE: Outcome.BROKEN}
    assert "a fault of the machine" in kind(report)


def test_a_check_that_ends_its_process_leaves_that_criterion_undecided_alone(graded: Callable[..., Report]) -> None:
    report = graded(CRASHES)
    assert outcomes(report) == {DOUBLE: Outcome.PASSED, TRIPLE: Outcome.BROKEN}
    assert "a fault in the grader" in kind(report)
    assert "exit code -11" in kind(report)


def test_a_check_that_the_reference_keeps_busy_too_is_broken(graded: Callable[..., Report], tiny_course: Path) -> None:
    reference = tiny_course / "reference" / "sums.py"
    reference.write_text(reference.read_text(encoding="utf-8").replace("3 * number", str(BUSY)), encoding="utf-8")
    report = graded(BUSY)
    assert outcomes(report) == {DOUBLE: Outcome.PASSED, TRIPLE: Outcome.BROKEN}
    assert "the check itself is wrong: the reference does not pass it either" in kind(report)


def test_a_check_that_takes_long_on_the_reference_is_no_evidence(
    graded: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.grading.session.FAR_BELOW", 0.0)
    report = graded(BUSY)
    assert outcomes(report)[TRIPLE] is Outcome.BROKEN
    assert "the check itself takes too long" in kind(report)


def test_what_keeps_many_checks_busy_is_given_up(
    graded: Callable[..., Report], tiny_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = tiny_course / "tests/hidden/test_sums.py"
    rubric = tiny_course / "rubrics/tiny.yaml"
    first = SUITE[: SUITE.index("@criterion")]
    each = SUITE[SUITE.index("@criterion") :]
    suite.write_text(first + "".join(each.replace("_of_seven", f"_{n}") for n in range(9)), encoding="utf-8")
    rubric.write_text(
        rubric.read_text(encoding="utf-8").replace("number, marks: 2}", "number, marks: 2, partial: true}"),
        encoding="utf-8",
    )
    starts = list[object]()
    start = supervision.Supervisor.__init__

    def counted(*given: Any) -> None:
        starts.append(1)
        start(*given)

    monkeypatch.setattr(supervision.Supervisor, "__init__", counted)
    report = graded(BUSY)
    assert outcomes(report) == {DOUBLE: Outcome.PASSED, TRIPLE: Outcome.FAILED}
    assert report.demand().marks == "1"
    assert len(starts) == 4  # one for each of three checks, and one for all that is left, which is not begun
    all_before = SPENT.reason.partition(", ")[2]
    given_up = [check.feedback.kind for check in report.checks if all_before in check.feedback.kind]
    assert len(given_up) == 6


def test_a_submission_that_cannot_be_read_in_time_is_told_as_our_fault(
    graded: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.grading.session.stage", lambda *given: sum(range(10**14)))
    with pytest.raises(GraderFault, match="could not be graded"):
        graded("3 * number").demand()


def test_nothing_of_a_process_that_was_ended_is_left(
    graded: Callable[..., Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    graded(BUSY)
    assert list(passing.iterdir()) == []


def test_time_counts_for_what_is_under_way_and_begins_anew_with_each_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    used = 0.0
    monkeypatch.setattr(supervision, "_cpu_seconds", lambda pid: used)
    position = Position()
    supervisor = Supervisor(1, position)
    used = 100.0
    assert supervisor.overrun() is None  # nothing is under way yet
    for what in ("check a", "check a", "check b"):
        position.enter(what)
        assert supervisor.overrun() is None
        used += supervision.CPU_SECONDS
        assert supervisor.overrun() is None
    used += 0.1
    assert supervisor.overrun() == Stopped("check b", "more than 30 s of CPU time", overrun=True)


def test_what_is_under_way_is_bounded_and_may_be_any_text() -> None:
    position = Position()
    assert position.what == ""
    position.enter("check σ" + "x" * 10_000)
    assert position.what.startswith("check σxxx")


def test_the_attempts_at_one_submission_come_to_an_end() -> None:
    attempt: GradingAttempt | None = GradingAttempt(Path("x"))
    count = 0
    while attempt is not None:
        died = Stopped(f"naming {count}", "it died")
        attempt, count = attempt.after(Report(Path("x"), fault="it died", stopped=died)), count + 1
    assert count == MOST_STOPPED + 2


def test_the_folder_where_one_stands_is_graded_as_any_other(
    tiny_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "sums.py").write_text(RIGHT, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "work")
    report = graded_alone(Order(tiny_course, "tiny", "auto", alone=True), Path())
    assert report.demand().marks == "3"
