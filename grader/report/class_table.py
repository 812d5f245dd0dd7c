"""A graded class as one table: a row for each submission, a column for each question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from grader.core.decimals import decimal_text
from grader.core.outcome import BY_HAND, Outcome
from grader.core.text import counted, printable
from grader.course.rubric.model import Rubric
from grader.report.console import table
from grader.report.score import marks_words
from grader.report.text import plain
from grader.results.class_list import Row, not_loaded
from grader.results.result import QuestionResult

# At least this much of a submission's name is shown, even if that leaves no space for the names of questions.
_NAME_WIDTH = 24
_GAP = 2
_BY_HAND = (
    "to_mark.csv lists what was handed in for it. Enter the marks there; running the same command again adds them, "
    "and the remarks, to marks.csv and the feedback."
)


def class_table(rubric: Rubric, rows: Sequence[Row], width: int) -> Table:
    """Return the class's marks for a terminal `width` columns wide; a row without marks gives the reason instead.

    If the names of questions would take the space of the submissions' names, they are replaced by numbers, which the
    caption explains; if even numbers would, no questions are shown.
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
        marks.caption = "The marks by question are in marks.csv; a wider terminal shows them here too."
        room = max(width - _taken(["marks"], [totals]), _NAME_WIDTH)
    marks.add_column("submission", ratio=1, no_wrap=True)
    for title in [*titles, "marks"]:
        marks.add_column(title, justify="right", no_wrap=True)
    names = [plain(_shortened(printable(row.name), room)) for row in rows]
    # One cell a column, with a line for each submission: rich takes thrice as long for a cell as for a line.
    if rows:
        marks.add_row(*map(Text("\n").join, [names, *columns, totals]))
    return marks


def _taken(titles: Sequence[str], columns: Sequence[Sequence[Text]]) -> int:
    """Return how many columns of the terminal some columns of the table take, including the gaps before them."""
    lines = [
        [*title.split("\n"), *(cell.plain for cell in cells)] for title, cells in zip(titles, columns, strict=True)
    ]
    return sum(_GAP + max(map(len, column)) for column in lines)


def _shortened(name: str, width: int) -> str:
    """Return a name without its middle if it is too long: its beginning and its end show whose it is."""
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
    """Return whether a person has yet to mark all of it."""
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
