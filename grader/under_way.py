"""The grading of one staged submission under way: its criteria decided one by one, with one worker at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from grader.answer_sheets import Work
from grader.checks.changes import Changes
from grader.errors import MissingPackage
from grader.jail.jail import Jail
from grader.marks import decide
from grader.naming import Naming
from grader.opened import Opened
from grader.outcome import Check, CheckResult, Feedback, Outcome
from grader.plugin.runner import CollectedSuite
from grader.plugin.verdict import may_pass_whole, stopped_check
from grader.result import CriterionResult
from grader.rubric.model import Criterion, Question, Rubric
from grader.supervision import CPU_SECONDS, SUBMISSION_SECONDS, Position, Stopped

FATAL = frozenset({Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY, Outcome.CRASHED})
SPENT = Stopped("", f"more than {SUBMISSION_SECONDS:g} s of CPU time, with all checks before it", overrun=True)


class Run:
    """The grading of one staged submission under way: at most one worker lives at a time.

    `position` is told what is under way. `stopped` holds what an earlier attempt at the same submission has not come
    back from: it is not tried again.
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
        # By whether the whole program runs: what one way of running changes, the other need not.
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
        """Decide one criterion, whose requirements are settled by now."""

        def run() -> list[CheckResult]:
            self._opened.end_worker()  # what is remembered or used up in one criterion must not change another
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

        self.settled[criterion.id] = decide(criterion, self.settled, run, quantum=self._rubric.quantum)

    def _named(self, results: list[CheckResult], criterion: Criterion) -> list[CheckResult]:
        """Return the results of a criterion with the mistakes that they show."""
        naming = f"naming {criterion.id}"
        if self.naming is None or not results or naming in self._stopped:
            return results
        self._position.enter(naming)
        return self.naming.named(results, self._questions[criterion.id])

    def run(self, check: Check, *, may_earn: bool = True) -> CheckResult:
        """Return how one check ends, run through what the names depend on or through the whole program.

        Most of what stands at top level is nobody's answer and takes long, so the whole is run only for a check that
        is lost without, and only where it differs and may earn something. Where it has earned something, it goes
        first for the rest of the question.
        """
        question = self._questions[check.criterion]
        whole_first = question.id in self._earned_whole
        first = self._ended(check, whole=whole_first)
        self._heed(check)
        if first.outcome is Outcome.PASSED or not may_earn or not (whole_first or self._may_pass_whole(first)):
            return first
        second = self._ended(check, whole=not whole_first, in_brief=first.outcome is Outcome.FAILED)
        part, whole = (second, first) if whole_first else (first, second)
        # Where a part gives no answer at all, the whole one's wrong answer, or a fault of the check, is to be told.
        no_answer = part.outcome not in (Outcome.PASSED, Outcome.FAILED)
        taken = part
        if whole.outcome is Outcome.PASSED:
            self._earned_whole.add(question.id)
            taken = whole
        elif no_answer and whole.outcome in (Outcome.FAILED, Outcome.BROKEN):
            taken = whole
        elif part.outcome is not Outcome.PASSED and whole.outcome is Outcome.BROKEN and whole.again:
            taken = whole  # it may pass when it is tried again, which was nobody's fault but the machine's
        if taken is second:
            self._heed(check)
        return taken

    def _heed(self, check: Check) -> None:
        if self.naming is not None:
            self.naming.heed(check)

    def _may_pass_whole(self, result: CheckResult) -> bool:
        return may_pass_whole(result) and self._opened.differs

    def _ended(self, check: Check, *, whole: bool = False, in_brief: bool = False) -> CheckResult:
        """Return how one check ends, an error of its own as BROKEN, and so what lacks a package here.

        `in_brief` nothing is looked for that only tells more of a failure.
        """
        self._suite.witnesses = ()  # of the check before
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
        """Return why a check is not run, None where it is, and say that it is under way."""
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
        """The questions of which a criterion has paid for a change of arguments."""
        paid = {question for (question, _), changes in self._changes.items() if changes.any_charged}
        return [question for question in self._rubric.questions if question.id in paid]

    def close(self) -> None:
        """End the worker that is still open."""
        self._opened.close()

    def _is_own(self, line: str) -> bool:
        """Tell whether a line that a worker reports names a file that was handed in: it may be forged."""
        files = {PurePosixPath(file).name for file in self.work.staged.files}
        return line.partition(":")[0].partition("[")[0] in files
