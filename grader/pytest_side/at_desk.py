"""One course on a student's computer: the work, a channel to each question, and what `submission` refers to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from grader.checks import Submission
from grader.checks.asking.changes import Changes
from grader.checks.asking.submission import exchange_of
from grader.core.outcome import CheckResult
from grader.desk.released import ReleasedStubs, UntouchedWork
from grader.pytest_side import compat, profile
from grader.pytest_side.assignments import Assignments, Placed
from grader.pytest_side.inprocess import InProcess
from grader.pytest_side.last_run import LastRun
from grader.pytest_side.local import BY_HAND
from grader.pytest_side.verdict import judge, may_pass_whole
from grader.pytest_side.whole import WholeProgram
from grader.pytest_side.work import StudentWork

C = TypeVar("C", bound=InProcess)


class AtDesk:
    """A student's work on the assignments of one course, in this process.

    `anew` deletes the pictures of the last run. Raises StaffError for a rubric that cannot be used, and if there is no
    work.
    """

    def __init__(self, config: pytest.Config, root: Path, *, anew: bool = True) -> None:
        self.assignments = Assignments.of(root)
        self.work = StudentWork.found(config, self.assignments.course)
        self.last_run = LastRun(root, anew=anew)
        self._untouched = UntouchedWork(self.work.root, self.work.sources, ReleasedStubs.of(root))
        self._channels: dict[str, InProcess] = {}
        self._whole: dict[str, WholeProgram | None] = {}
        self._changes: dict[str, Changes] = {}

    @property
    def root(self) -> Path:
        """The course's folder."""
        return self.assignments.root

    def point(self, submission: Submission, item: pytest.Item, placed: Placed) -> None:
        """Make `submission` refer to a check's question, with the check's own seed."""
        test = getattr(item, "obj", None)
        if callable(test):
            _prepare(test, placed, submission)
        changes = self._changes.setdefault(placed.question.id, Changes(placed.question.may_change))
        changes.during(placed.check.criterion)
        exchange_of(submission).begin(self._channel(placed), self.work.handed_in(placed.question), changes)

    def is_untouched(self, placed: Placed) -> bool:
        """Return whether a check's question is as it was released, so that the check need not run."""
        return self._untouched.holds(placed.question)

    def judged(self, placed: Placed, error: BaseException | None, submission: Submission) -> CheckResult:
        """Return the result of a check that ended with `error`, or passed without one."""
        return judge(placed.check, error, submission, self._channel(placed).homes)

    def passes_whole(self, item: pytest.Item, placed: Placed, error: BaseException, submission: Submission) -> bool:
        """Return whether a check that ended with `error` passes when the student's whole program is run."""
        question, test = placed.question, getattr(item, "obj", None)
        if not self._channel(placed).differs or not may_pass_whole(self.judged(placed, error, submission)):
            return False
        if question.id not in self._whole:
            self._whole[question.id] = self._open(placed, WholeProgram)
        channel = self._whole[question.id]
        if channel is None or not isinstance(item, pytest.Function):
            return False
        again = Submission()  # the first one keeps what the failure's report needs
        if callable(test):
            _prepare(test, placed, again)
        exchange_of(again).begin(channel, self.work.handed_in(question), Changes(question.may_change))
        asked = item.funcargs
        compat.give(item, {**asked, "submission": again})
        try:
            item.runtest()
        except BY_HAND:
            raise
        except BaseException:
            if not channel.loaded:
                self._whole[question.id] = None
            return False
        finally:
            compat.give(item, asked)
        return True

    def _channel(self, placed: Placed) -> InProcess:
        if placed.question.id not in self._channels:
            self._channels[placed.question.id] = self._open(placed, InProcess)
        return self._channels[placed.question.id]

    def _open(self, placed: Placed, kind: type[C]) -> C:
        return self.work.open(placed.rubric, placed.question, kind)


def _prepare(test: Callable[..., object], placed: Placed, submission: Submission) -> None:
    profile.seed_test(test, profile.derived_seed(b"", placed.rubric.assignment, placed.check.id))
    profile.on_each_example(test, exchange_of(submission).begin)
