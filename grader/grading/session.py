"""Grades one submission: stages it, opens its questions in the jail, checks them, and computes marks."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from grader.checks.asking.channel import Aborted, StudentStopped
from grader.core.errors import MissingPackage
from grader.core.outcome import Check, CheckResult, Outcome
from grader.core.supervision import CPU_SECONDS, FAR_BELOW, READING, Position, Stopped
from grader.course.bank import load_bank
from grader.course.folder import Course
from grader.course.rubric.model import Criterion, Rubric
from grader.course.rubric.selection import Only, selected
from grader.grading.answer_sheets import AnswerSheet, Work, answer_sheets
from grader.grading.misconceptions import Naming
from grader.grading.under_way import GradingRun
from grader.handmarking.attachments import Kept, kept_by
from grader.handmarking.gather import Gathered, GatheredWork, gather
from grader.intake.stage import Source, Staged, stage
from grader.pytest_side.profile import derived_seed
from grader.pytest_side.runner import CollectedSuite, collected
from grader.pytest_side.verdict import stopped_check
from grader.results.marks import total
from grader.results.result import Provenance, Result
from grader.sandbox.looked_through import FilesLookedThrough, fewest_packages
from grader.sandbox.probe import Needs, open_jail
from grader.sandbox.sandbox import Jail

Packages = Literal["demanded", "tried", "as needed"]


@dataclass(frozen=True)
class Grading:
    """A graded submission: the document, and every check's result with what only staff may read.

    `again` means that it may end differently if it is tried once more, alone: something was the machine's or the
    grader's fault, or the wall clock decided. `kept` are the files that checks kept, `written` what was handed in for a
    person to mark.
    """

    result: Result
    checks: tuple[CheckResult, ...]
    again: bool
    kept: tuple[Kept, ...] = ()
    written: tuple[GatheredWork, ...] = ()


class Grader:
    """Grades submissions for one assignment, with collected suites and warm workers."""

    def __init__(
        self, course: Course, rubric: Rubric, suite: CollectedSuite, jail: Jail, only: Only, position: Position
    ) -> None:
        self._course = course
        self._rubric = rubric
        self._suite = suite
        bank = load_bank(course, rubric)
        self._naming: Naming | None = Naming(course, bank, suite)
        self._sheets = answer_sheets(course, rubric, bank)
        self._rubric_sha256, self._suites_sha256 = course.rubric_sha256(rubric), course.suites_sha256(rubric)
        self._jail = jail
        self._position = position
        self._files = FilesLookedThrough(jail, course, rubric)
        self._selected = selected(rubric, only)
        self._brief = False
        self._checks: dict[str, list[Check]] = {criterion.id: [] for criterion in rubric.criteria}
        for check in suite.checks:
            self._checks.setdefault(check.criterion, []).append(check)
        self._on_reference_before: dict[Check, CheckResult] = {}
        self._stopped: dict[str, Stopped] = {}

    @property
    def sheets(self) -> Mapping[str, AnswerSheet]:
        """The answer sheets of the assignment by question."""
        return self._sheets

    @property
    def suite(self) -> CollectedSuite:
        """The assignment's collected suites."""
        return self._suite

    def checks(self) -> list[tuple[Criterion, list[Check]]]:
        """Return the selected criteria with their checks, each after what it requires."""
        wanted = {criterion.id for criterion in self._selected}
        return [(criterion, self._checks[criterion.id]) for criterion in self._in_order(wanted)]

    def narrowed(self, only: str, *, brief: bool = False) -> Grader:
        """Return a grader for the criteria or questions that the glob `only` matches, with the same workers.

        A `brief` one gives the same marks with less work: a criterion that is all or nothing ends with its first failed
        check, and it searches neither for the smallest example, nor for a mistake in the bank, nor for whose fault an
        error in a check is.
        """
        narrowed = copy.copy(self)
        narrowed._selected = selected(self._rubric, only)
        narrowed._brief = brief
        return narrowed

    def first_fault(self, path: Path) -> CheckResult | None:
        """Return the first selected check that a submission does not pass, or None; no check runs after it."""
        run = self._run(path)
        for _, checks in self.checks():
            try:
                results = map(run.run, checks)
                fault = next((result for result in results if result.outcome is not Outcome.PASSED), None)
            finally:
                run.close()
            if fault is not None:
                return fault
        return None

    def grade(self, path: Source, stopped: Sequence[Stopped] = ()) -> Grading:
        """Grade the submission at `path`. Raises SubmissionError when there is nothing to grade.

        What the process of an earlier attempt was `stopped` in is not begun again.
        """
        wanted = {criterion.id for criterion in self._selected}
        self._stopped = {one.what: one for one in stopped}
        run = self._run(path, None if self._brief else self._naming)
        gathered = self._gathered(run.work.staged)
        self._settle(run, wanted)
        if run.charged:  # which criterion pays for a change depends on all of the question's criteria before it
            beside = {criterion.id for question in run.charged for criterion in question.criteria}
            if not beside <= run.settled.keys():
                run = self._run(path, run.naming)
                self._settle(run, wanted | beside)
        return self._document(run, gathered)

    def _settle(self, run: GradingRun, wanted: Set[str]) -> None:
        """Decide the wanted criteria and everything that they require."""
        try:
            for criterion in self._in_order(wanted):
                run.settle(criterion, self._checks[criterion.id], self._arbitrate)
        finally:
            run.close()

    def _in_order(self, wanted: Set[str]) -> list[Criterion]:
        """Return the wanted criteria and everything that they require, each after its requirements."""
        needed = self._rubric.with_required(wanted)
        return [criterion for criterion in self._rubric.criteria_by_requirement() if criterion.id in needed]

    def _run(self, path: Source, naming: Naming | None = None) -> GradingRun:
        """Return the grading of a submission, staged; nothing of it has run yet."""
        self._position.enter(READING)
        held = self._files.ranked(stage(path, self._jail.staging, self._rubric.work_files))
        work = Work.of(path, held, self._jail.staging, self._rubric.submissions.name, self._sheets, self._course.secret)
        return GradingRun(
            self._rubric, self._suite, self._jail, work, naming,
            brief=self._brief, position=self._position, stopped=self._stopped,
        )  # fmt: skip

    def _gathered(self, staged: Staged) -> Gathered:
        """Return what a person marks of a submission, before any of it has run."""
        manual = {criterion.id for criterion in self._selected if criterion.manual}
        asked = [q.id for q in self._rubric.questions if any(c.id in manual for c in q.criteria)]
        if not asked:
            return Gathered()
        try:
            cells = self._jail.cells(staged.files, fewest_packages(self._rubric))
        except (StudentStopped, Aborted) as stopped:
            found = gather(self._rubric, asked, self._jail.staging, staged.files)
            unread = f"the text and outputs of the notebook could not be read: {stopped.message}"
            return replace(found, notes=(*found.notes, unread), again=stopped.again)
        return gather(self._rubric, asked, self._jail.staging, staged.files, cells)

    def _document(self, run: GradingRun, gathered: Gathered) -> Grading:
        staged = run.work.staged
        shown = {criterion.id for criterion in self._selected}
        result = total(
            self._rubric,
            {name: settled for name, settled in run.settled.items() if name in shown},
            submission=staged.name,
            notes=(
                *staged.notes,
                *run.work.notes,
                *gathered.notes,
                *run.lacks,
                *self._files.missing(staged, run.settled),
            ),
            handed_in=gathered.by_question(),
            isolation=self._jail.isolation,
            provenance=Provenance.of(
                rubric_sha256=self._rubric_sha256,
                suites_sha256=self._suites_sha256,
                submission_sha256=staged.digest,
            ),
        )
        checks = tuple(check for check in run.results if check.check.criterion in shown)
        again = gathered.again or any(check.again for check in run.results)
        return Grading(result, checks, again, kept_by(checks), gathered.written)

    def _arbitrate(self, result: CheckResult) -> CheckResult:
        """Decide whose fault an error inside a check is: the suite's if it also occurs on the reference."""
        if not result.check_erred:
            return result
        on_reference = self._on_reference(result.check)
        if on_reference.again:
            return replace(on_reference, outcome=Outcome.BROKEN)
        kind = "the check itself is wrong: the reference does not pass it either"
        if on_reference.outcome is Outcome.PASSED:
            if result.seconds < CPU_SECONDS or on_reference.seconds <= FAR_BELOW * CPU_SECONDS:
                return replace(result, outcome=Outcome.FAILED, check_erred=False)
            kind = f"the check itself takes too long: {on_reference.seconds:.0f} s of CPU time on the reference"
        said = replace(result.feedback, kind=kind)
        return replace(result, outcome=Outcome.BROKEN, feedback=said, check_erred=False)

    def _on_reference(self, check: Check) -> CheckResult:
        """Return how a check ends on the reference; it is not remembered if something else is to blame."""
        under_way = f"reference {check.id}"
        if (stopped := self._stopped.get(under_way)) is not None:
            return stopped_check(check, stopped)
        if check not in self._on_reference_before:
            self._position.enter(under_way)
            with Jail(self._jail.isolation, self._course.provided) as jail:
                staged = stage(self._course.reference, jail.staging)
                work = Work.of(self._course.reference, staged, jail.staging, None, self._sheets)
                run = GradingRun(self._rubric, self._suite, jail, work)
                result = run.run(check)
                run.close()
            if result.again:
                return result
            self._on_reference_before[check] = result
        return self._on_reference_before[check]


@contextmanager
def opened_grader(
    course: Course,
    rubric: Rubric,
    *,
    isolation: str = "auto",
    only: Only = None,
    variation: int = 0,
    packages: Packages = "tried",
    position: Position | None = None,
) -> Iterator[Grader]:
    """Yield a grader for one assignment, whose suites and worker processes live as long as the block.

    `isolation` is auto, room, lock or process; `only` a glob over ids of criteria or questions, or several. With
    another `variation` than that of marks the checks draw other examples. The jail is tried with all packages of the
    questions before anything is graded, unless they are loaded ``as needed``; a question whose packages are missing
    stays undecided, or raises MissingPackage if they are ``demanded``. `position` is told what is under way. Raises
    StaffError for a suite, rubric or option that cannot be used.
    """
    suites, _ = course.suite_files(rubric), course.provided_files(rubric)  # reported before a jail is tried
    wanted = selected(rubric, only)
    needs = [] if packages == "as needed" else _needs(wanted, rubric)

    def seeds(check_id: str) -> int:
        return derived_seed(course.secret, rubric.assignment, check_id, variation)

    with collected(suites, course.root, seeds) as suite:
        tried = open_jail(isolation, course.provided, needs)
        with tried.jail as jail:
            if packages == "demanded" and tried.lacks:
                raise MissingPackage("\n".join(tried.lacks.values()))
            yield Grader(course, rubric, suite, jail, only, position or Position())


def _needs(criteria: list[Criterion], rubric: Rubric) -> list[Needs]:
    """Return which packages the questions of these criteria, and of their requirements, need."""
    wanted = rubric.with_required({criterion.id for criterion in criteria})
    questions = (q for q in rubric.questions if q.module and any(c.id in wanted for c in q.criteria))
    return list(dict.fromkeys(Needs(question.packages, question.provided) for question in questions))
