"""The progress of a batch: a bar on a terminal, elsewhere a line for each submission."""

from __future__ import annotations

from typing import Self

from rich import progress as bars

from grader.report.console import console
from grader.report.text import plain
from grader.results.class_list import Row


class Progress:
    """Shows the progress of a batch on standard error."""

    def __init__(self) -> None:
        self._console = console(stderr=True)
        self._bar = bars.Progress(
            bars.TextColumn("grading"),
            bars.BarColumn(),
            bars.MofNCompleteColumn(),
            bars.TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("grading", total=None)
        self._total = 0
        self._count = 0
        self._kept = 0
        self._graded = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def expect(self, total: int) -> None:
        """Set how many rows there will be."""
        self._total = total
        self._bar.update(self._task, total=total)

    def done(self, row: Row, kept: bool) -> None:
        """Show one more row as done; `kept` is true if an earlier run graded it."""
        self._count += 1
        self._kept += kept
        self._graded += row.result is not None and not kept
        self._bar.advance(self._task)
        self._console.print(plain(f"[{self._count}/{self._total}] {row.name}: {_words(row, kept)}"))

    def note(self, text: str) -> None:
        """Show a line that is about no submission."""
        self._console.print(plain(text))

    def summary(self) -> str:
        """Return how many were graded in this run, were kept from an earlier one, and have no marks."""
        counts = {
            "graded now": self._graded,
            "kept from an earlier run": self._kept,
            "without marks": self._count - self._kept - self._graded,
        }
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count or what == "graded now") + "."


def _words(row: Row, kept: bool) -> str:
    if row.result is None:
        return "no marks"
    marks = "not decided" if row.result.is_broken else f"{row.result.marks} marks"
    return f"{marks}, kept" if kept else marks
