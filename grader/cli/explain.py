"""`grader explain`: everything about one criterion of one submission, for staff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.edge import show, warn_if_unconfined
from grader.cli.options import AssignmentOption, CourseOption, Isolation, IsolationOption
from grader.cohort.jobs import graded_alone
from grader.cohort.reports import Order
from grader.core.errors import UsageError
from grader.core.outcome import Outcome
from grader.core.text import counted, did_you_mean, printable
from grader.course.folder import Course
from grader.course.rubric.model import Criterion, Rubric
from grader.handmarking.model_answers import model_answer
from grader.report.evidence import evidence


def explain(
    path: Annotated[Path, typer.Argument(help="The submission.")],
    criterion: Annotated[str, typer.Argument(help="The criterion's id, e.g. optimizers.momentum.trajectory.")],
    assignment: AssignmentOption,
    isolation: IsolationOption = Isolation.AUTO,
    course: CourseOption = None,
) -> None:
    """Run one criterion again and show everything about it. For staff: this shows hidden inputs and answers."""
    here = Course.find(course, to_grade=path)
    rubric = here.rubric(assignment)
    if _criterion(rubric, criterion).manual:
        show(f"{criterion} is marked by a person; there are no checks of it.", *_key(here, criterion))
        return
    warn_if_unconfined(isolation)
    order = Order(here.root, assignment, isolation, criterion, packages="tried", alone=True, in_full=True)
    graded = graded_alone(order, path)
    graded.demand()
    ended = [check for check in graded.checks if check.check.criterion == criterion]
    for check in sorted(ended, key=lambda check: check.outcome == Outcome.PASSED):
        show(evidence(check), "")
    passed = sum(check.outcome == Outcome.PASSED for check in ended)
    show(f"{passed} of {counted(len(ended), 'check')} passed.")


def _key(course: Course, criterion: str) -> list[str]:
    """Return how a criterion is marked, and where its model answer is, if the course has one."""
    answer = model_answer(course, criterion.rpartition(".")[0])
    if answer is None or criterion not in answer.marks:
        return []
    return ["", f"Model answer: {answer.file}", "", "Marking key:", "", answer.key_of(criterion)]


def _criterion(rubric: Rubric, identifier: str) -> Criterion:
    criteria = {criterion.id: criterion for question in rubric.questions for criterion in question.criteria}
    if identifier not in criteria:
        own = [criterion.id for q in rubric.questions if q.id == identifier for criterion in q.criteria]
        raise UsageError(
            "this is a question; name one of its criteria" if own else "the rubric has no such criterion",
            where=rubric.assignment,
            found=printable(identifier),
            expected=f"one of {', '.join(own or criteria)}",
            todo=None if own else did_you_mean(identifier, [*criteria, *(q.id for q in rubric.questions)]),
        )
    return criteria[identifier]
