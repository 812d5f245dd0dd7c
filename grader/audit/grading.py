"""An audit's works, graded in the jail by several processes."""

from __future__ import annotations

import math
import multiprocessing
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from grader.audit.sabotage import Saboteurs
from grader.audit.slices import questions_touched
from grader.audit.works import AuditedWork
from grader.core.outcome import CheckResult, Outcome
from grader.core.parent_watch import end_with_parent
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.grading.answer_sheets import AnswerSheet
from grader.grading.session import Grader, Grading, opened_grader
from grader.results.audit_model import HoleKind
from grader.sandbox.affinity import share_one_cpu

EARN_NOTHING = frozenset({HoleKind.STUBS, HoleKind.EMPTY})


@dataclass(frozen=True)
class GradedWork:
    """How a piece of work ended.

    `lost` are the criteria, of any question, that it did not pass, each with its feedback; `earned` those that gave it
    marks. For a mutant or saboteur `lost` contains only the first that noticed, and `earned` nothing; one that is
    `idle` never did anything other than the reference would have done, one that is `left_out` was not tried for lack of
    time. `undecided` says what kept a work from being decided if neither its author nor the author of its checks is to
    blame.
    """

    work: AuditedWork
    lost: dict[str, str]
    earned: frozenset[str]
    seconds: float
    idle: bool = False
    undecided: str = ""
    left_out: bool = False


@dataclass(frozen=True)
class AuditOrder:
    """What every process needs to know. `seconds` is the CPU time that the saboteurs of a question may use in it."""

    course: Path
    assignment: str
    isolation: str
    seconds: float = math.inf


def grade_works(order: AuditOrder, works: Sequence[AuditedWork], jobs: int) -> list[GradedWork]:
    """Return how all works ended. Raises the StaffError or GraderFault that keeps them from being graded."""
    shares = [share for number in range(jobs) if (share := works[number::jobs])]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max(1, len(shares)), mp_context=context) as pool:
        running = [pool.submit(_grade_share, order, share, number) for number, share in enumerate(shares)]
        return [graded for future in running for graded in future.result()]


def _grade_share(order: AuditOrder, share: Sequence[AuditedWork], number: int) -> list[GradedWork]:
    share_one_cpu(number)
    end_with_parent()
    course = Course.find(order.course)
    rubric = course.rubric(order.assignment)
    graded = []
    for variation in sorted({work.variation for work in share}):
        with opened_grader(
            course, rubric, isolation=order.isolation, variation=variation, packages="as needed"
        ) as grader:
            saboteurs = Saboteurs(course, grader, order.seconds)
            graded += [
                _sabotaged(saboteurs, rubric, work) if work.sabotage else _grade(course, rubric, grader, work)
                for work in share
                if work.variation == variation
            ]
    return graded


def _sabotaged(saboteurs: Saboteurs, rubric: Rubric, work: AuditedWork) -> GradedWork:
    assert work.sabotage is not None
    start = time.perf_counter()
    question = next(question for question in rubric.questions if question.id == work.question)
    ending = saboteurs.ending(question, work.sabotage)
    if ending is None:
        return GradedWork(work, {}, frozenset(), 0.0, left_out=True)
    lost = {ending.criterion: ending.kind} if ending.criterion else {}
    return GradedWork(work, lost, frozenset(), time.perf_counter() - start, idle=not ending.fired)


def _grade(course: Course, rubric: Rubric, grader: Grader, work: AuditedWork) -> GradedWork:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="gradproof-audit-") as folder:
        path = _laid_out(course, rubric, work, Path(folder), grader.sheets)
        if work.kind in {HoleKind.MUTANT, HoleKind.EQUIVALENT}:
            fault = _first_fault(grader.narrowed(work.question, brief=True), path)
            lost = {} if fault is None else {fault.check.criterion: fault.feedback.kind}
            if fault is not None and fault.outcome is Outcome.BROKEN and not fault.check_erred:
                return GradedWork(work, {}, frozenset(), time.perf_counter() - start, undecided=fault.feedback.kind)
            return GradedWork(work, lost, frozenset(), time.perf_counter() - start)
        touched = questions_touched(course, rubric, path) if work.entry is not None else set[str]()
        lost, earned, undecided = dict[str, str](), set[str](), ""
        by_hand = {criterion.id for criterion in rubric.criteria if criterion.manual}
        for question in sorted(touched | {work.question}):
            grading = _grading(grader.narrowed(question, brief=work.kind in EARN_NOTHING), path)
            broken = (check for check in grading.checks if check.outcome is Outcome.BROKEN and check.again)
            undecided = undecided or next((check.feedback.kind for check in broken), "")
            for criterion in grading.result.criteria:
                if criterion.outcome is not Outcome.PASSED and criterion.id not in by_hand:
                    lost[criterion.id] = f"{criterion.outcome}: {criterion.feedback}"
                if Fraction(criterion.marks) > 0:
                    earned.add(criterion.id)
    return GradedWork(work, lost, frozenset(earned), time.perf_counter() - start, undecided=undecided)


def _first_fault(grader: Grader, path: Path) -> CheckResult | None:
    """Return the first check that is not passed; repeated once if that may end differently."""
    fault = grader.first_fault(path)
    return grader.first_fault(path) if fault is not None and fault.again else fault


def _grading(grader: Grader, path: Path) -> Grading:
    """Return how a work is graded; repeated once if that may end differently."""
    grading = grader.grade(path)
    return grader.grade(path) if grading.again else grading


def _laid_out(
    course: Course, rubric: Rubric, work: AuditedWork, folder: Path, sheets: Mapping[str, AnswerSheet]
) -> Path:
    """Return a folder as it would be handed in."""
    if not work.source:
        return course.student if work.kind is HoleKind.STUBS else course.reference
    sheet = sheets.get(work.question)
    if sheet is not None:
        (folder / sheet.file).write_text(sheet.filled(f"audit{work.variation}", work.source), encoding="utf-8")
        return folder
    module = next(question.module for question in rubric.questions if question.id == work.question)
    for solved in course.reference.iterdir():  # files that the code reads are handed in with it
        if solved.is_file() and solved.name != f"{module}.py":
            (folder / solved.name).write_bytes(solved.read_bytes())
    (folder / f"{module}.py").write_text(work.source, encoding="utf-8")
    return folder
