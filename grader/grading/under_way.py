"""The grading of one staged submission: its criteria are decided one by one, with one worker at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from grader.checks.asking.changes import Changes
from grader.core.errors import MissingPackage
from grader.core.outcome import Check, CheckResult, Feedback, Outcome
from grader.core.supervision import CPU_SECONDS, SUBMISSION_SECONDS, Position, Stopped
from grader.course.rubric.model import Criterion, Question, Rubric
from grader.grading.answer_sheets import Work
from grader.grading.misconceptions import Naming
from grader.grading.opened import Opened
from grader.pytest_side.runner import CollectedSuite
from grader.pytest_side.verdict import may_pass_whole, stopped_check
from grader.results.marks import decide
from grader.results.result import CriterionResult
from grader.sandbox.sandbox import Jail

FATAL = frozenset({Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY, Outcome.CRASHED})
SPENT = Stopped("", f"more than {SUBMISSION_SECONDS:g} s of CPU time, with all checks before it", overrun=True)


class GradingRun:
    """The grading of one staged submission: at most one worker lives at a time.

    `position` is told what is under way. `stopped` contains checks from which an earlier attempt at the same submission
    did not return: they are not tried again.
    """

    def __init__(
        self, rubric: Rubric, suite: CollectedSuite, jail: Jail, work: Work, naming: Naming | None = None, *,
        brief: bool = False, position: Position | None = None, stopped: Mapping[str, Stopped] | None = None,
    ) -> None:  # fmt: skip
        self._rubric = rubric
        self._brief = brief
        self._suite = suite
        self.naming = naming
        self._jail = jail
        self.work = work
        # By whether the whole program runs: a change in one way of running need not occur in the other.
        self._changes = {(q.id, whole): Changes(q.may_change) for q in rubric.questions for whole in (False, True)}
        self._earned_whole: set[str] = set()
        self._questions = {criterion.id: question for question in rubric.questions for criterion in question.criteria}
        self._opened = Opened(jail, rubric, work.staged.files)
        self._position = position or Position()
        self._stopped = stopped or {}
        self._given_up: dict[str, Stopped] = {}
        self._seconds = 0.0
        self.settled: dict[str, CriterionResult] = {}
        self.results: list[CheckResult] = []
        self.lacks: dict[str, None] = {}

    def settle(
        self, criterion: Criterion, checks: list[Check], arbitrate: Callable[[CheckResult], CheckResult]
    ) -> None:
        """Decide one criterion, whose requirements are already decided."""
        run = partial(self._checked, criterion, checks, arbitrate)
        self.settled[criterion.id] = decide(criterion, self.settled, run, quantum=self._rubric.quantum)

    def _checked(
        self, criterion: Criterion, checks: list[Check], arbitrate: Callable[[CheckResult], CheckResult]
    ) -> list[CheckResult]:
        """Run the checks of a criterion, as far as they may decide it, and return their results."""
        self._opened.end_worker()  # what is remembered or used up in one criterion must not affect another
        if self.naming is not None:
            self.naming.begin()
        results = list[CheckResult]()
        for check in checks:
            may_earn = criterion.partial or all(result.outcome is Outcome.PASSED for result in results)
            results.append(self.run(check, may_earn=may_earn))
            if self._brief and not criterion.partial and results[-1].outcome is not Outcome.PASSED:
                break  # it earns nothing, whosever fault that is
            results[-1] = arbitrate(results[-1])
            if results[-1].outcome in FATAL and not criterion.partial:
                break  # the criterion is lost; a hang is waited for once and not for each of its checks
            if results[-1].outcome is Outcome.BROKEN and results[-1].again:
                break  # it stays undecided
        results = self._named(results, criterion)
        self.results += results
        return results

    def _named(self, results: list[CheckResult], criterion: Criterion) -> list[CheckResult]:
        """Return the results of a criterion with the mistakes that they show."""
        naming = f"naming {criterion.id}"
        if self.naming is None or not results or naming in self._stopped:
            return results
        self._position.enter(naming)
        return self.naming.named(results, self._questions[criterion.id])

    def run(self, check: Check, *, may_earn: bool = True) -> CheckResult:
        """Return how one check ends, run on what the names depend on or on the whole program.

        Most top-level code answers no question and takes long, so the whole program only runs for a check that fails
        without it, and only if it differs and may earn something. Once it has earned something, it is tried first for
        the rest of the question.
        """
        question = self._questions[check.criterion]
        whole_first = question.id in self._earned_whole
        first = self._ended(check, whole=whole_first)
        self._heed(check)
        if first.outcome is Outcome.PASSED or not may_earn or not (whole_first or self._may_pass_whole(first)):
            return first
        second = self._ended(check, whole=not whole_first, in_brief=first.outcome is Outcome.FAILED)
        part, whole = (second, first) if whole_first else (first, second)
        # If a part gives no answer at all, the whole program's wrong answer, or a fault of the check, is reported.
        no_answer = part.outcome not in (Outcome.PASSED, Outcome.FAILED)
        taken = part
        if whole.outcome is Outcome.PASSED:
            self._earned_whole.add(question.id)
            taken = whole
        elif no_answer and whole.outcome in (Outcome.FAILED, Outcome.BROKEN):
            taken = whole
        elif part.outcome is not Outcome.PASSED and whole.outcome is Outcome.BROKEN and whole.again:
            taken = whole  # it may pass when it is tried again: only the machine was to blame
        if taken is second:
            self._heed(check)
        return taken

    def _heed(self, check: Check) -> None:
        if self.naming is not None:
            self.naming.heed(check)

    def _may_pass_whole(self, result: CheckResult) -> bool:
        return may_pass_whole(result) and self._opened.differs

    def _ended(self, check: Check, *, whole: bool = False, in_brief: bool = False) -> CheckResult:
        """Return how one check ends; an error of its own, or a missing package, is BROKEN.

        With `in_brief`, nothing is searched for that only explains a failure.
        """
        self._suite.witnesses = ()  # of the previous check
        if (stopped := self._stopped_in(check)) is not None:
            return stopped_check(check, stopped)
        question, in_brief = self._questions[check.criterion], in_brief or self._brief
        try:
            channel = self._opened.channel(question, whole=whole)
        except MissingPackage as error:
            self.lacks.setdefault(f"{error.message}; to do: {error.todo}, and grade again from the beginning")
            return CheckResult(check, Outcome.BROKEN, Feedback(asked=check.asked, kind=str(error)))
        handed_in = self.work.handed_in(question.id)
        changes = self._changes[question.id, whole]
        before = time.process_time()
        result = self._suite.run(check, channel, handed_in, changes, smallest=not in_brief)
        seconds = time.process_time() - before
        self._seconds += seconds
        said = result.feedback
        own = said.student_line if self._is_own(said.student_line) else ""
        return replace(result, seconds=seconds, feedback=replace(said, printed=channel.printed, student_line=own))

    def _stopped_in(self, check: Check) -> Stopped | None:
        """Return why a check is not run, or None if it is, and report that it is under way."""
        under_way = f"check {check.id}"
        if (stopped := self._stopped.get(under_way)) is not None:
            self._given_up[under_way] = stopped
        elif self._seconds + CPU_SECONDS * len(self._given_up) > SUBMISSION_SECONDS:
            stopped = next((one for one in self._given_up.values() if not one.overrun), SPENT)
        else:
            self._position.enter(under_way)
        return stopped

    @property
    def charged(self) -> list[Question]:
        """The questions with a criterion that has paid for a change of arguments."""
        paid = {question for (question, _), changes in self._changes.items() if changes.any_charged}
        return [question for question in self._rubric.questions if question.id in paid]

    def close(self) -> None:
        """End the worker that is still open."""
        self._opened.close()

    def _is_own(self, line: str) -> bool:
        """Return whether a line that a worker reports names a file that was handed in: it may be forged."""
        return line.partition(":")[0].partition("[")[0] in self.work.staged.file_names
