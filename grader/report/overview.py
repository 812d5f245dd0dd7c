"""An assignment as a table: what is asked and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table

from grader.core.decimals import decimal_text
from grader.course.rubric.model import Question, Rubric
from grader.report.console import table
from grader.report.text import plain


def assignment_table(rubric: Rubric, checks: Mapping[str, int]) -> Table:
    """Return a row for each question; `checks` counts the checks of each criterion."""
    heading = f"{rubric.assignment} · {rubric.title} · {decimal_text(rubric.marks)} marks"
    questions = table(plain(heading))
    questions.add_column("question", no_wrap=True)
    questions.add_column("title", ratio=1)
    questions.add_column("marks", justify="right")
    questions.add_column("criteria", justify="right")
    questions.add_column("checks", justify="right")
    for question in rubric.questions:
        questions.add_row(
            plain(question.id),
            plain(question.title),
            decimal_text(question.marks),
            str(len(question.criteria)),
            _checks(question, checks),
        )
    return questions


def _checks(question: Question, checks: Mapping[str, int]) -> str:
    count = sum(checks.get(criterion.id, 0) for criterion in question.criteria)
    return "by hand" if all(criterion.manual for criterion in question.criteria) else str(count)
