"""Whether the parts of a course fit together: rubric, suites, stubs, reference.

Each function yields the problems of one kind, as sentences that name file and line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from textwrap import indent

from grader.core.errors import CourseError
from grader.core.outcome import CheckResult, Outcome
from grader.course.folder import Course
from grader.course.rubric.model import Rubric
from grader.course.stubs import stale_stubs
from grader.course.suites import check_places
from grader.grading.answer_sheets import stale_examples
from grader.grading.session import Grader, opened_grader
from grader.handmarking.model_answers import wrong_keys
from grader.leaderboard.scoring import answers
from grader.results.feedback import feedback_text
from grader.results.result import CriterionResult, Result


def misfits(course: Course, assignment: str, isolation: str) -> list[str]:
    """Return what does not fit in one assignment; if nothing, it can be handed out."""
    rubric = course.rubric(assignment)
    problems = [*between_rubric_and_suites(course, rubric), *_stale_stubs(course, rubric), *_labels(course, rubric)]
    problems += wrong_keys(course, rubric)
    by_hand = {criterion.id for criterion in rubric.criteria if criterion.manual}
    if not problems:
        with opened_grader(course, rubric, isolation=isolation) as grader:
            problems = [*_of_reference_and_stubs(course, grader, by_hand)]
    return problems


def between_rubric_and_suites(course: Course, rubric: Rubric) -> Iterator[str]:
    """Yield the disagreements between criteria and checks; nothing is run."""
    places = check_places(course.suite_files(rubric))
    criteria = {criterion.id: criterion for question in rubric.questions for criterion in question.criteria}
    for place in places:
        if not place.criterion:
            yield f'{place.where}: {place.name} names no criterion; mark it with @criterion("…")'
        elif place.criterion not in criteria:
            yield f"{place.where}: {place.name} names the criterion {place.criterion}, which the rubric does not have"
        elif criteria[place.criterion].manual:
            yield f"{place.where}: {place.name} checks {place.criterion}, which the rubric leaves to a person"
    checked = {place.criterion for place in places}
    for identifier, criterion in criteria.items():
        if identifier not in checked and not criterion.manual:
            where = _line_of(identifier, course.root / "rubrics" / f"{rubric.assignment}.yaml")
            yield f"{where}: no check of the suites is marked with the criterion {identifier}"


def _stale_stubs(course: Course, rubric: Rubric) -> Iterator[str]:
    used = {f"{question.module}.py" for question in rubric.questions}
    for name in sorted(used.intersection(stale_stubs(course))):
        yield f"{course.student / name}:1: is out of date; run `grader stubs`"
    for path in stale_examples(course):
        if path.name in rubric.sheet_files:
            yield f"{path}:1: is not the example of this sheet; run `grader stubs`"


def _labels(course: Course, rubric: Rubric) -> Iterator[str]:
    try:
        if rubric.leaderboard:
            answers(course, rubric)
    except CourseError as error:
        yield str(error)


def _of_reference_and_stubs(course: Course, grader: Grader, by_hand: Collection[str]) -> Iterator[str]:
    told = set[str]()  # if the reference does not pass something, that says nothing about stubs
    for folder, expected in ((course.reference, Outcome.PASSED), (course.student, Outcome.NOT_IMPLEMENTED)):
        grading = grader.grade(folder)
        for criterion in _automatic(grading.result, by_hand):
            if criterion.outcome != expected and criterion.id not in told:
                told.add(criterion.id)
                said = indent(_said(criterion, grading.checks), "    ")
                yield f"{folder}: {criterion.id} is {criterion.outcome} and should be {expected}\n{said}".rstrip()


def _said(criterion: CriterionResult, checks: Iterable[CheckResult]) -> str:
    """Return everything about the check that decided a criterion, as staff read it."""
    of_it = (check for check in checks if check.check.criterion == criterion.id and check.outcome is criterion.outcome)
    decisive = next(of_it, None)
    return feedback_text(decisive, staff=True) if decisive else criterion.feedback


def _automatic(result: Result, by_hand: Collection[str]) -> Iterator[CriterionResult]:
    for question in result.questions:
        for criterion in question.criteria:
            if criterion.id not in by_hand:
                yield criterion


def _line_of(identifier: str, rubric_file: Path) -> str:
    lines = rubric_file.read_text(encoding="utf-8").splitlines()
    naming = re.compile(rf"\bid:\s*[\"']?{re.escape(identifier)}(?![\w.])")
    number = next((number for number, line in enumerate(lines, start=1) if naming.search(line)), 1)
    return f"{rubric_file}:{number}"
