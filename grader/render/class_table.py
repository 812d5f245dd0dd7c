"""A graded class as one table: a row a submission, a column a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from grader.class_list import Row, not_loaded
from grader.outcome import BY_HAND, Outcome
from grader.render.console import table
from grader.render.score import marks_words
from grader.render.text import counted, plain
from grader.result import QuestionResult
from grader.rubric.decimals import decimal_text
from grader.rubric.model import Rubric
from grader.text import printable

# So many columns of a submission's name are shown even where that leaves none for the names of questions.
_NAME_WIDTH = 24
_GAP = 2
_BY_HAND = (
    "to_mark.csv lists what was handed in for it. Enter the marks there; the same command again adds them, "
    "and the remarks, to marks.csv and the feedback."
)


def class_table(rubric: Rubric, rows: Sequence[Row], width: int) -> Table:
    """Return the class's marks, for a terminal of so many columns; what has no marks says why instead.

    Where questions' names would take the room of the submissions' they are numbers, which the caption explains; where
    even those would, no questions are shown.
    """
    known = {q.id for row in rows if row.result for q in row.result.questions if not _waits(q)}
    questions = [q for q in rubric.questions if q.id in known or not all(c.manual for c in q.criteria)]
    columns = [[_mark(row, question.id) for row in rows] for question in questions]
    totals = [_total(row) for row in rows]
    titles = [question.id.rpartition(".")[2].replace("_", "\n") for question in questions]
    longest = max((len(printable(row.name)) for row in rows), default=0)
    room = width - _taken(["marks", *titles], [totals, *columns])
    marks = table(plain(f"{rubric.assignment} · {rubric.title}"))
    if room < min(longest, _NAME_WIDTH):
        titles = [str(number) for number in range(1, len(questions) + 1)]
        marks.caption = ", ".join(f"{title}={question.id}" for title, question in zip(titles, questions, strict=True))
        room = width - _taken(["marks", *titles], [totals, *columns])
    if room < min(longest, _NAME_WIDTH):
        titles, columns = [], []
        marks.caption = "The marks by question stand in marks.csv; a wider terminal shows them here too."
        room = max(width - _taken(["marks"], [totals]), _NAME_WIDTH)
    marks.add_column("submission", ratio=1, no_wrap=True)
    for title in [*titles, "marks"]:
        marks.add_column(title, justify="right", no_wrap=True)
    for row, *cells in zip(rows, *columns, totals, strict=True):
        marks.add_row(plain(_shortened(printable(row.name), room)), *cells)
    return marks


def _taken(titles: Sequence[str], columns: Sequence[Sequence[Text]]) -> int:
    """Return how many columns of the terminal some columns of the table take, with the gaps before them."""
    lines = [
        [*title.split("\n"), *(cell.plain for cell in cells)] for title, cells in zip(titles, columns, strict=True)
    ]
    return sum(_GAP + max(map(len, column)) for column in lines)


def _shortened(name: str, width: int) -> str:
    """Return a name without its middle, where it is too long: its beginning and its end tell whose it is."""
    end = (width - 1) // 2
    return name if len(name) <= width else f"{name[: width - 1 - end]}…{name[-end:]}"


def remarks(rubric: Rubric, rows: Sequence[Row]) -> list[str]:
    """Return a line for every row that staff should know more about, and for what a person must mark."""
    graded = [row.result for row in rows if row.result]
    waiting = Counter(c.id for result in graded for c in result.criteria if c.outcome is Outcome.TO_BE_MARKED)
    by_hand = [
        f"{c.id} ({decimal_text(c.marks)} marks) is to be marked by a person in {counted(waiting[c.id], 'submission')}."
        for c in rubric.criteria
        if waiting[c.id]
    ]
    told = (f"{row.name}: {said}" for row in rows if (said := _said(rubric, row)))
    return [*told, *by_hand, *[_BY_HAND] * bool(by_hand)]


def _said(rubric: Rubric, row: Row) -> str:
    return "; ".join(filter(None, [row.remark, not_loaded(rubric, row.result) if row.result else ""]))


def _mark(row: Row, identifier: str) -> Text:
    questions = row.result.questions if row.result else ()
    found = next((question for question in questions if question.id == identifier), None)
    if found is None or _waits(found):
        return Text("–", "dim")
    return Text("–" if found.is_broken else found.marks, _style(found))


def _total(row: Row) -> Text:
    if row.result is None:
        return Text("no marks", "bold magenta" if row.fault else "dim")
    return Text(marks_words(row.result.criteria), "bold magenta" if row.result.is_broken else "bold")


def _waits(question: QuestionResult) -> bool:
    """Tell whether a person is still to mark all of it."""
    return all(criterion.outcome is Outcome.TO_BE_MARKED for criterion in question.criteria)


def _style(question: QuestionResult) -> str:
    outcomes = {criterion.outcome for criterion in question.criteria} - BY_HAND
    if question.is_broken:
        return "bold magenta"
    if outcomes == {Outcome.PASSED}:
        return "green"
    if not outcomes:
        return ""
    return "dim" if outcomes <= {Outcome.NOT_IMPLEMENTED, Outcome.SKIPPED} else "red"
