"""A graded class as one table: a row a submission, a column a question."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from grader.class_list import Row
from grader.outcome import Outcome
from grader.render.console import table
from grader.render.text import plain
from grader.result import QuestionResult
from grader.rubric.decimals import decimal_text
from grader.rubric.model import Rubric

_NAME_WIDTH = 11


def class_table(rubric: Rubric, rows: Sequence[Row]) -> Table:
    """Return the class's marks; what has no marks says why instead."""
    questions = [q for q in rubric.questions if not all(criterion.manual for criterion in q.criteria)]
    marks = table(plain(f"{rubric.assignment} · {rubric.title}"))
    longest = max((len(row.name) for row in rows), default=0)
    marks.add_column("submission", ratio=1, overflow="fold", min_width=min(longest, _NAME_WIDTH))
    for question in questions:  # a long name takes several lines rather than the room of the submissions' names
        marks.add_column(plain(question.id.rpartition(".")[2].replace("_", "\n")), justify="right", no_wrap=True)
    marks.add_column("marks", justify="right", no_wrap=True)
    for row in rows:
        cells = [_mark(row, question.id) for question in questions]
        marks.add_row(plain(row.name), *cells, _total(row))
    return marks


def remarks(rubric: Rubric, rows: Sequence[Row]) -> list[str]:
    """Return a line for every row that staff should know more about, and for what a person must mark."""
    by_hand = [criterion for criterion in rubric.criteria if criterion.manual]
    return [
        *(f"{row.name}: {row.remark}" for row in rows if row.remark),
        *(f"{c.id} ({decimal_text(c.marks)} marks) is to be marked by a person." for c in by_hand),
    ]


def _mark(row: Row, identifier: str) -> Text:
    questions = row.result.questions if row.result else ()
    found = next((question for question in questions if question.id == identifier), None)
    return Text(found.marks, _style(found)) if found else Text("–", "dim")


def _total(row: Row) -> Text:
    if row.result is None:
        return Text("no marks", "bold magenta" if row.fault else "dim")
    return Text(f"{row.result.marks} / {row.result.max_marks}", "bold")


def _style(question: QuestionResult) -> str:
    outcomes = {criterion.outcome for criterion in question.criteria}
    if Outcome.BROKEN in outcomes:
        return "bold magenta"
    if outcomes <= {Outcome.PASSED, Outcome.TO_BE_MARKED}:
        return "green"
    return "dim" if outcomes <= {Outcome.NOT_IMPLEMENTED, Outcome.SKIPPED} else "red"
