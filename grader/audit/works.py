"""What an audit grades: everything that must pass, and everything that must not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.audit.empty import ANSWERS, empty_overlay
from grader.audit.listed import Equivalent, Excuse
from grader.audit.mutants import mutants
from grader.audit.sabotage import Sabotage, sabotages
from grader.course.bank import Bank, Entry, overlaid
from grader.course.folder import Course
from grader.course.rubric.model import Question
from grader.results.audit_model import HoleKind
from grader.sheets import FUNCTIONS


@dataclass(frozen=True)
class AuditedWork:
    """A piece of work to be graded for one question.

    `source` replaces the reference's module of that question, or fills in its sheet; without it the whole folder of the
    reference, or of the stubs, is graded as it is. `variation` is that of the seeds. `entry` is the bank's file.
    """

    kind: HoleKind
    question: str
    name: str = ""
    source: str = ""
    variation: int = 0
    diff: str = ""
    entry: Entry | None = None
    sabotage: Sabotage | None = None


@dataclass(frozen=True)
class Most:
    """The maximum number of mutants and saboteurs of each question; None for all.

    `seconds` is the CPU time of a question's saboteurs, after which no further one is begun.
    """

    mutants: int | None = None
    saboteurs: int | None = None
    seconds: float | None = None


def works_for(
    course: Course,
    question: Question,
    bank: Bank,
    listed: Sequence[Equivalent],
    excuses: Sequence[Excuse],
    seeds: int,
    most: Most = Most(),
) -> list[AuditedWork]:
    """Return everything that is graded for one question; listed mutants and saboteurs have the kind of their list.

    If there are more mutants than allowed, they are selected from all parts of the solution.
    """
    # A sheet is filled in by its solution, for another roll number at each seed; other work is graded as it is.
    solved = overlaid(course, question, "") if question.sheet else ""
    return [
        *(
            AuditedWork(HoleKind.REFERENCE, question.id, source=solved, variation=variation)
            for variation in range(seeds)
        ),
        AuditedWork(HoleKind.STUBS, question.id),
        *_empty(course, question),
        *_of_bank(course, question, bank, seeds),
        *_some(
            [*_mutants(course, question, {entry.mutant for entry in listed if entry.question == question.id})],
            most.mutants,
        ),
        *_sabotaged(course, question, excuses, most.saboteurs),
    ]


def _some(found: list[AuditedWork], most: int | None) -> list[AuditedWork]:
    """Return what is not a mistake, which a list names one by one, and at most `most` of the mutants."""
    mutants = [work for work in found if work.kind is HoleKind.MUTANT]
    if most is not None and len(mutants) > most:
        mutants = [mutants[number * len(mutants) // most] for number in range(most)]
    return [*mutants, *(work for work in found if work.kind is not HoleKind.MUTANT)]


def _empty(course: Course, question: Question) -> Iterator[AuditedWork]:
    solved = overlaid(course, question, "")
    for name, answer in ANSWERS.items():
        source = solved + empty_overlay(solved, _names(question), answer)
        yield AuditedWork(HoleKind.EMPTY, question.id, name, source)


def _names(question: Question) -> tuple[str, ...]:
    return FUNCTIONS if question.sheet else question.names


def _of_bank(course: Course, question: Question, bank: Bank, seeds: int) -> Iterator[AuditedWork]:
    def work(kind: HoleKind, entry: Entry, variation: int = 0) -> AuditedWork:
        source = overlaid(course, question, entry.source)
        return AuditedWork(kind, question.id, entry.slug, source, variation, entry=entry)

    yield from (work(HoleKind.MISCONCEPTION, entry) for entry in bank.misconceptions if entry.question == question.id)
    for entry in bank.alternatives:
        if entry.question == question.id:
            yield from (work(HoleKind.ALTERNATIVE, entry, variation) for variation in range(seeds))


def _sabotaged(
    course: Course, question: Question, excuses: Sequence[Excuse], most: int | None
) -> Iterator[AuditedWork]:
    for sabotage in sabotages(course, question, most):
        excused = any(e.question == question.id and e.covers(sabotage.name) for e in excuses)
        kind = HoleKind.EXCUSED if excused else HoleKind.SABOTEUR
        yield AuditedWork(kind, question.id, sabotage.name, sabotage=sabotage)


def _mutants(course: Course, question: Question, listed: set[str]) -> Iterator[AuditedWork]:
    for mutant in mutants(course.solution(question), _names(question)):
        kind = HoleKind.EQUIVALENT if mutant.name in listed else HoleKind.MUTANT
        yield AuditedWork(kind, question.id, mutant.name, mutant.source, diff=mutant.diff)
