"""One submission's marks as a table, and the sentences that go with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import indent

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.core.decimals import sum_text
from grader.core.outcome import BY_HAND, Outcome
from grader.report.console import table
from grader.report.text import outcome_words, plain, size_words
from grader.results.feedback import MISNAMED
from grader.results.result import CriterionResult, HandedIn, QuestionResult, Result

_LISTED = 12
_SILENT = {Outcome.PASSED, Outcome.TO_BE_MARKED, Outcome.NOT_IMPLEMENTED, Outcome.SKIPPED}
Lost = tuple[QuestionResult, CriterionResult]


def score_table(result: Result) -> Table:
    """Return the marks by question and criterion, with the total at the bottom."""
    marks = table(plain(f"{result.submission} · {result.assignment}"))
    marks.add_column("", ratio=1)
    marks.add_column("outcome")
    marks.add_column("marks", justify="right", no_wrap=True)
    for question in result.questions:
        marks.add_row(plain(question.title, "bold"), "", Text(marks_words(question.criteria), style="bold"))
        for criterion in question.criteria:
            title = Padding(plain(criterion.title), (0, 0, 0, 2))
            marks.add_row(title, outcome_words(criterion.outcome), marks_words([criterion]))
    marks.add_section()
    for what, so_far in totals(result):
        marks.add_row(Text(what, style="bold"), "", Text(so_far, style="bold"))
    return marks


def marks_words(criteria: Iterable[CriterionResult]) -> str:
    """Return e.g. ``1 / 4`` for what is marked already, or ``– / 3`` if a person has yet to mark all of it.

    If anything is broken there are no marks yet, as in ``– / 4``.
    """
    known, waiting, broken = _apart(criteria)
    if broken or not known:
        return f"– / {_most([*known, *broken] or waiting)}"
    return f"{sum_text(c.marks for c in known)} / {_most(known)}"


def totals(result: Result) -> list[tuple[str, str]]:
    """Return the last rows of a table of marks: the total, or what is marked so far and what is not."""
    known, waiting, broken = _apart(result.criteria)
    if not waiting and not broken:
        return [("Total", marks_words(known))]
    parts = {"Marked so far": known, "Still to be marked": waiting, "Could not be decided": broken}
    return [(what, marks_words(criteria)) for what, criteria in parts.items() if criteria]


def total_words(result: Result) -> tuple[str, str]:
    """Return e.g. ``36 of 36 marked so far`` and ``9 are to be marked by a person``, the latter "" if nothing is.

    What is broken is mentioned in the latter.
    """
    known, waiting, broken = _apart(result.criteria)
    earned = f"{sum_text(c.marks for c in known)} of {_most(known)}"
    if not waiting and not broken:
        return f"{earned} marks", ""
    parts = (_count_words(waiting, "to be marked by a person"), _count_words(broken, "not decided yet"))
    return f"{earned} marked so far", "; ".join(filter(None, parts))


def _count_words(criteria: Sequence[CriterionResult], what: str) -> str:
    most = _most(criteria)
    return f"{most} {'is' if most == '1' else 'are'} {what}" if criteria else ""


def _apart(
    criteria: Iterable[CriterionResult],
) -> tuple[list[CriterionResult], list[CriterionResult], list[CriterionResult]]:
    """Return the criteria whose marks are known, those that wait for a person, and those that are broken."""
    parts: dict[Outcome, list[CriterionResult]] = {Outcome.TO_BE_MARKED: [], Outcome.BROKEN: []}
    known: list[CriterionResult] = []
    for criterion in criteria:
        parts.get(criterion.outcome, known).append(criterion)
    return known, parts[Outcome.TO_BE_MARKED], parts[Outcome.BROKEN]


def _most(criteria: Iterable[CriterionResult]) -> str:
    found = list(criteria)
    # A single criterion is shown with what it is worth, even a bonus; sums leave bonuses out.
    return found[0].max_marks if len(found) == 1 else sum_text(criterion.counted for criterion in found)


def feedback_blocks(result: Result) -> Iterator[Text]:
    """Yield the feedback on each criterion that did not pass, most basic first."""
    for lost in told_together(result):
        question, first = lost[0]
        ids = ", ".join(criterion.id for _, criterion in lost)
        title = f" · {question.title}: {first.title}" if len(lost) == 1 else ""
        said = plain(f"{title}\n{indent(first.feedback, '  ')}\n")
        yield Text.assemble(plain(ids, "bold"), ": ", outcome_words(first.outcome), said)


def told_together(result: Result) -> list[list[Lost]]:
    """Return the criteria that have feedback, grouped so that one cause is reported once, whatever it costs.

    A person's remark on two criteria is not a common cause: it is shown with each.
    """
    told: dict[tuple[Outcome, str, str], list[Lost]] = {}
    for question in result.questions:
        for criterion in question.criteria:
            if criterion.feedback and (criterion.outcome not in _SILENT or _is_misnamed(criterion)):
                about = criterion.id if criterion.outcome is Outcome.MARKED else ""
                told.setdefault((criterion.outcome, criterion.feedback, about), []).append((question, criterion))
    return list(told.values())


def _is_misnamed(criterion: CriterionResult) -> bool:
    return criterion.outcome is Outcome.NOT_IMPLEMENTED and bool(MISNAMED.match(criterion.feedback))


def skipped_words(result: Result) -> list[str]:
    """Return what *skipped* means and which criterion waits for which, or nothing if none was skipped."""
    skipped = [f"{c.id}: {c.feedback}" for c in result.criteria if c.outcome is Outcome.SKIPPED]
    meaning = "Skipped means: not checked, and no marks yet, because something that it builds on did not pass."
    return [meaning, *skipped] if skipped else []


def closing_words(result: Result) -> list[str]:
    """Return what to say below the table: what to do next, what is undecided, what is unsafe."""
    words: list[str] = []
    done = {Outcome.PASSED, Outcome.BROKEN, *BY_HAND}
    todo = next(((q, c) for q in result.questions for c in q.criteria if c.outcome not in done), None)
    if todo is not None:
        question, criterion = todo
        words.append(f"Next to do: {criterion.id} ({question.title}: {criterion.title}).")
    for question in result.questions:
        if _apart(question.criteria)[1]:
            parts = [
                "To be marked by a person:",
                f"{question.title}.",
                *question.task.split(),
                handed_in_words(question, result),
            ]
            words.append(" ".join(filter(None, parts)))
    if result.handed_in:
        words.append(
            f"Handed in for no question in particular, and shown with all of these: {_sized(result.handed_in)}."
        )
    broken = [c.id for c in result.criteria if c.outcome is Outcome.BROKEN]
    if broken:
        meaning = "could not be decided (the grader's fault, not the student's): staff must look into it"
        words.append(f"{', '.join(broken)}: {meaning}.")
    kept = [f"{c.id}/{name}" for c in result.criteria for name in c.kept]
    words += [f"Kept for marking by hand: {', '.join(kept)}."] if kept else []
    words += [f"Note: {note}" for note in result.notes]
    if result.isolation == "process":
        words.append("Isolation: none. The submission's code was not confined; do not trust these marks.")
    return words


def handed_in_words(question: QuestionResult, result: Result) -> str:
    """Return what a person has to mark, or that nothing was handed in; "" if the rubric asks for nothing."""
    if question.handed_in:
        return f"Handed in: {_sized(question.handed_in)}."
    if question.handed_in is None:
        return ""
    return "Nothing was handed in under its name." if result.handed_in else "Nothing was handed in for it."


def _sized(handed_in: Sequence[HandedIn]) -> str:
    """Return e.g. ``proof.pdf (212 KB), scan.png (48 KB)``."""
    some = [f"{one.source} ({size_words(one.bytes)})" for one in handed_in[:_LISTED]]
    more = len(handed_in) - _LISTED
    return ", ".join(some) + (f" and {more} more" if more > 0 else "")
