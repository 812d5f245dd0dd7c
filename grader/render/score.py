"""One submission's marks as a table, and what to say about them."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.outcome import Outcome
from grader.render.console import table
from grader.render.text import outcome_words, plain
from grader.result import CriterionResult, QuestionResult, Result

_SILENT = {Outcome.PASSED, Outcome.TO_BE_MARKED, Outcome.NOT_IMPLEMENTED}


def score_table(result: Result) -> Table:
    """Return the marks by question and criterion, with the total below."""
    marks = table(plain(f"{result.submission} · {result.assignment}"))
    marks.add_column("", ratio=1)
    marks.add_column("outcome")
    marks.add_column("marks", justify="right", no_wrap=True)
    for question in result.questions:
        marks.add_row(plain(question.title, "bold"), "", _marks(question, "bold"))
        for criterion in question.criteria:
            title = Padding(plain(criterion.title), (0, 0, 0, 2))
            marks.add_row(title, outcome_words(criterion.outcome), _marks(criterion, ""))
    marks.add_section()
    marks.add_row(Text("Total", style="bold"), "", _marks(result, "bold"))
    return marks


def feedback_blocks(result: Result) -> Iterator[Text]:
    """Yield what the student is told about each criterion that did not pass, most basic first."""
    for criteria in told_together(result):
        first = criteria[0]
        ids = ", ".join(criterion.id for criterion in criteria)
        title = f" · {first.title}" if len(criteria) == 1 else ""
        said = plain(f"{title}\n{indent(first.feedback, '  ')}\n")
        yield Text.assemble(plain(ids, "bold"), ": ", outcome_words(first.outcome), said)


def told_together(result: Result) -> list[list[CriterionResult]]:
    """Return the criteria that there is something to say about; one cause is told once, whatever it costs."""
    told: dict[tuple[Outcome, str], list[CriterionResult]] = {}
    for criterion in _criteria(result):
        if criterion.feedback and criterion.outcome not in _SILENT:
            told.setdefault((criterion.outcome, criterion.feedback), []).append(criterion)
    return list(told.values())


def closing_words(result: Result) -> list[str]:
    """Return what is to be said below the table: what to do next, what is open, what is unsafe."""
    words = []
    todo = next((c for c in _criteria(result) if c.outcome not in {Outcome.PASSED, Outcome.TO_BE_MARKED}), None)
    if todo is not None:
        words.append(f"Next to do: {todo.id} ({todo.title}).")
    for outcome, meaning in (
        (Outcome.TO_BE_MARKED, "to be marked by a person"),
        (Outcome.BROKEN, "could not be decided (the grader's fault, not the student's): staff must look"),
    ):
        ids = [c.id for c in _criteria(result) if c.outcome == outcome]
        if ids:
            words.append(f"{', '.join(ids)}: {meaning}.")
    kept = [f"{c.id}/{name}" for c in _criteria(result) for name in c.kept]
    words += [f"Kept for whoever marks by hand: {', '.join(kept)}."] if kept else []
    words += [f"Note: {note}" for note in result.notes]
    if result.isolation == "process":
        words.append("Isolation: none. The submission's code was not confined; do not trust these marks.")
    return words


def _criteria(result: Result) -> Iterator[CriterionResult]:
    for question in result.questions:
        yield from question.criteria


def _marks(of: Result | QuestionResult | CriterionResult, style: str) -> Text:
    return Text(f"{of.marks} / {of.max_marks}", style=style)
