"""What an audit grades: all that must pass, and all that must not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.audit.empty import ANSWERS, empty_overlay
from grader.audit.listed import Equivalent, Excuse
from grader.audit.mutants import mutants
from grader.audit.sabotage import Sabotage, sabotages
from grader.bank import Bank, Entry, overlaid
from grader.course import Course
from grader.proof import Kind
from grader.rubric.model import Question
from grader.sheets import FUNCTIONS


@dataclass(frozen=True)
class Work:
    """Something to be graded for one question.

    `source` replaces the reference's module of that question, or fills in its sheet; without it the whole folder of
    the reference, or of the stubs, is graded as it is. `variation` is that of the seeds. `entry` is the bank's file.
    """

    kind: Kind
    question: str
    name: str = ""
    source: str = ""
    variation: int = 0
    diff: str = ""
    entry: Entry | None = None
    sabotage: Sabotage | None = None


@dataclass(frozen=True)
class Most:
    """At most how many mutants and saboteurs of each question are looked at; None for all.

    `seconds` is how much CPU time the saboteurs of a question may take, after which no further one is begun.
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
) -> list[Work]:
    """Return all that is graded for one question; mutants and saboteurs that are listed as what they are said to be.

    Of more mutants than there may be so many are taken, from all parts of the solution.
    """
    # A sheet is filled in by its solution, for another roll number at each seed; other work is graded as it stands.
    solved = overlaid(course, question, "") if question.sheet else ""
    return [
        *(Work(Kind.REFERENCE, question.id, source=solved, variation=variation) for variation in range(seeds)),
        Work(Kind.STUBS, question.id),
        *_empty(course, question),
        *_of_bank(course, question, bank, seeds),
        *_some(
            [*_mutants(course, question, {entry.mutant for entry in listed if entry.question == question.id})],
            most.mutants,
        ),
        *_sabotaged(course, question, excuses, most.saboteurs),
    ]


def _some(found: list[Work], most: int | None) -> list[Work]:
    """Return what is no mistake, which a list names one by one, and of the mutants at most so many."""
    mutants = [work for work in found if work.kind is Kind.MUTANT]
    if most is not None and len(mutants) > most:
        mutants = [mutants[number * len(mutants) // most] for number in range(most)]
    return [*mutants, *(work for work in found if work.kind is not Kind.MUTANT)]


def _empty(course: Course, question: Question) -> Iterator[Work]:
    solved = overlaid(course, question, "")
    for name, answer in ANSWERS.items():
        source = solved + empty_overlay(solved, _names(question), answer)
        yield Work(Kind.EMPTY, question.id, name, source)


def _names(question: Question) -> tuple[str, ...]:
    return FUNCTIONS if question.sheet else question.names


def _of_bank(course: Course, question: Question, bank: Bank, seeds: int) -> Iterator[Work]:
    def work(kind: Kind, entry: Entry, variation: int = 0) -> Work:
        source = overlaid(course, question, entry.source)
        return Work(kind, question.id, entry.slug, source, variation, entry=entry)

    yield from (work(Kind.MISCONCEPTION, entry) for entry in bank.misconceptions if entry.question == question.id)
    for entry in bank.alternatives:
        if entry.question == question.id:
            yield from (work(Kind.ALTERNATIVE, entry, variation) for variation in range(seeds))


def _sabotaged(course: Course, question: Question, excuses: Sequence[Excuse], most: int | None) -> Iterator[Work]:
    for sabotage in sabotages(course, question, most):
        excused = any(e.question == question.id and e.covers(sabotage.name) for e in excuses)
        kind = Kind.EXCUSED if excused else Kind.SABOTEUR
        yield Work(kind, question.id, sabotage.name, sabotage=sabotage)


def _mutants(course: Course, question: Question, listed: set[str]) -> Iterator[Work]:
    for mutant in mutants(course.solution(question), _names(question)):
        kind = Kind.EQUIVALENT if mutant.name in listed else Kind.MUTANT
        yield Work(kind, question.id, mutant.name, mutant.source, diff=mutant.diff)
