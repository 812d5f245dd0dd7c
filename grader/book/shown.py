"""The book for a terminal: final marks, one person's marks and history, conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.table import Table

from grader.book.final_mark import FinalMark, Status
from grader.book.history import BookRecord, RecordKind
from grader.book.regrading import Change
from grader.core.decimals import decimal_text
from grader.core.text import printable
from grader.report.console import table
from grader.report.text import plain

_WORDS = {
    Status.FINAL: "",
    Status.MISSING: "nothing handed in",
    Status.TO_MARK: "to be marked by a person",
    Status.UNDECIDED: "not decided, not the student's fault",
    Status.REFUSED: "could not be graded",
    Status.CONFLICT: "to be decided",
}


def final_table(title: str, marks: Sequence[FinalMark]) -> Table:
    """Return everybody's final mark, or why there is none."""
    shown = table(plain(title))
    for name in ("person", "hand-in"):
        shown.add_column(name, ratio=1)
    shown.add_column("marks", justify="right", no_wrap=True)
    shown.add_column("", ratio=1)
    for mark in marks:
        said = " ".join(mark.rules) if mark.came_too_late else _words(mark) or " ".join(mark.rules)
        shown.add_row(
            plain(printable(mark.person)), plain(printable(mark.submission)), total_words(mark), plain(printable(said))
        )
    return shown


def total_words(mark: FinalMark) -> str:
    """Return e.g. ``7.5 / 10``, with ``–`` if there is no total yet."""
    return f"{marks_text(mark.total)} / {decimal_text(mark.maximum)}"


def marks_text(marks: Fraction | None) -> str:
    """Return marks as a decimal, ``–`` for none."""
    return "–" if marks is None else decimal_text(marks)


def person_table(mark: FinalMark) -> Table:
    """Return one person's marks by criterion."""
    shown = table(plain(f"{printable(mark.person)} · {printable(mark.submission) or 'no hand-in'}"))
    shown.add_column("criterion", ratio=1)
    shown.add_column("outcome")
    shown.add_column("marks", justify="right", no_wrap=True)
    shown.add_column("", ratio=1)
    for one in mark.criteria:
        outcome = one.outcome.value.replace("_", " ") if one.outcome else ""
        earned = f"{marks_text(one.marks)} / {decimal_text(one.maximum)}"
        shown.add_row(plain(one.id), outcome, earned, plain(printable(one.note)))
    shown.add_section()
    shown.add_row("Final mark", _words(mark), total_words(mark), "")
    return shown


def change_table(changes: Sequence[Change]) -> Table:
    """Return whose marks would change: from what, to what, by which criteria."""
    shown = table(plain("Whose marks would change"))
    shown.add_column("person", ratio=1)
    for name in ("before", "after", "published"):
        shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("by", ratio=2)
    for one in changes:
        by = [f"{name}: {marks_text(before)} → {marks_text(after)}" for name, before, after in one.criteria]
        shown.add_row(
            plain(printable(one.before.person)), total_words(one.before), total_words(one.after), one.published,
            plain("\n".join(by) or "the rules"),
        )  # fmt: skip
    return shown


def _words(mark: FinalMark) -> str:
    return "came too late to count" if mark.came_too_late else _WORDS[mark.status]


def history_lines(records: Sequence[BookRecord]) -> Iterator[str]:
    """Yield a line for each record: when, who, what, why."""
    for one in records:
        what = " ".join(filter(None, [one.kind.value.replace("_", " "), one.about[:40], _value(one)]))
        where = f" [{one.submission}]" if one.submission else ""
        why = f": {one.why}" if one.why else ""
        yield printable(f"{one.at:%Y-%m-%d %H:%M} {one.who}: {what}{where}{why}", limit=400)


def _value(record: BookRecord) -> str:
    if not record.value:
        return "withdrawn"
    if record.kind is RecordKind.RESULT:
        ended = record.value.get("criteria", {})
        return f"{sum(outcome == 'passed' for outcome, _ in ended.values())} of {len(ended)} criteria passed"
    if record.kind is RecordKind.RUBRIC:
        return "as it is now"
    keys = ("marks", "until", "time", "work")
    return next((str(record.value[key])[:40] for key in keys if key in record.value), "")
