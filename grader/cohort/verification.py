"""Verifying results: is a document as it was written, and does the same work still earn the same marks?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.cohort.jobs import graded_alone
from grader.cohort.reports import Order
from grader.core.errors import GraderFault, UsageError
from grader.core.text import printable
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.grading.answer_sheets import roll_reader
from grader.intake.export import Export
from grader.intake.stage import Place
from grader.intake.survey import Wanted, survey
from grader.results.result import Provenance, Result
from grader.results.signing import Standing, standing

MOST_BYTES = 64 * 1024**2
_SOURCES = (("rubric_sha256", "the rubric"), ("suites_sha256", "the secret, suites, reference or bank"))


@dataclass(frozen=True)
class CheckedDocument:
    """A result's file, its contents, and what its signature shows."""

    file: Path
    result: Result
    standing: Standing


@dataclass(frozen=True)
class Again:
    """The outcome of grading the same work again: lines about differences, and whether everything was decided."""

    differences: tuple[str, ...]
    is_broken: bool


def read(file: Path, course: Course) -> CheckedDocument:
    """Read a result. Raises UsageError if it is not one, or is signed and the course has no secret to verify it."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UsageError("this is too large for a result", where=printable(str(file)))
        text = file.read_text(encoding="utf-8")
        result = Result.from_json(text)
    except (OSError, ValueError) as error:
        raise UsageError("this result cannot be read", where=printable(str(file)), found=str(error)) from error
    except GraderFault as error:
        raise UsageError("this is not a result", where=printable(str(file)), found=error.found) from error
    if result.signature is not None and not course.secret:
        raise UsageError(
            "this result is signed, but the course has no secret to verify it",
            where=printable(str(file)),
            todo=f"give the course in which it was graded with --course; its secret is in {course.secret_file.name}",
        )
    return CheckedDocument(file, result, standing(text, course.secret))


def graded_again(course: Course, documents: Sequence[CheckedDocument], inbox: Path, isolation: str) -> list[Again]:
    """Grade the work of each result again, found in `inbox` by its digest, and compare.

    Raises UsageError if there is no such work.
    """
    rubrics = {name: course.rubric(name) for name in dict.fromkeys(one.result.assignment for one in documents)}
    places = {name: _places(course, rubric, inbox) for name, rubric in rubrics.items()}
    return [
        _again(course, rubrics[one.result.assignment], one, places[one.result.assignment], isolation)
        for one in documents
    ]


def _places(course: Course, rubric: Rubric, inbox: Path) -> dict[str, Place]:
    """Return the place of each work, by its digest."""
    wanted = Wanted(rubric.submissions.name, rubric.work_files, roll_reader(course, rubric))
    found = survey([Export.of(inbox)], wanted)
    return {hand_in.staged.digest: hand_in.path for hand_in in found if hand_in.staged is not None}


def _again(
    course: Course, rubric: Rubric, document: CheckedDocument, places: dict[str, Place], isolation: str
) -> Again:
    before = document.result
    place = places.get(before.provenance.submission_sha256)
    if place is None:
        raise UsageError(
            f"the work of {printable(before.submission)} is not in this inbox, or was changed after it was graded",
            where=printable(str(document.file)),
            todo="give the folder that was graded with --inbox",
        )
    only = [criterion.id for criterion in before.criteria]
    known = {criterion.id for criterion in rubric.criteria}
    if gone := [name for name in only if name not in known]:
        return Again(tuple(f"{printable(name)}: the rubric has no such criterion" for name in gone), is_broken=False)
    order = Order(course.root, rubric.assignment, isolation, only, packages="tried", alone=True)
    after = graded_alone(order, place).demand()
    differences = _differences(before, after)
    if differences:
        differences += _other_sources(before.provenance, after.provenance)
    return Again(tuple(differences), after.is_broken)


def _other_sources(before: Provenance, after: Provenance) -> list[str]:
    """Return what has changed since, which may explain different marks."""
    return [f"{what} changed since" for field, what in _SOURCES if getattr(before, field) != getattr(after, field)]


def _differences(before: Result, after: Result) -> list[str]:
    now = {criterion.id: criterion for criterion in after.criteria}
    lines = [
        f"{old.id}: {old.outcome}, {old.marks} of {old.max_marks}; again: {new.outcome}, {new.marks} of {new.max_marks}"
        for old in before.criteria
        for new in [now[old.id]]
        if (old.outcome, old.marks, old.max_marks) != (new.outcome, new.marks, new.max_marks)
    ]
    for field in ("marks", "max_marks", "complete"):
        if (old := getattr(before, field)) != (new := getattr(after, field)):
            lines.append(f"{field}: {old}; again: {new}")
    return lines
