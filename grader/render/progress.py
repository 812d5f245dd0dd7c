"""Progress of a batch: a bar on a terminal, a line for each submission elsewhere."""

from __future__ import annotations

from typing import Self

from rich import progress as bars

from grader.class_list import Row
from grader.render.console import console
from grader.render.text import plain


class Progress:
    """Shows on standard error how far a batch is."""

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
        """Take in how many rows there will be."""
        self._total = total
        self._bar.update(self._task, total=total)

    def done(self, row: Row, kept: bool) -> None:
        """Show one more row as known; `kept` tells that an earlier run has graded it."""
        self._count += 1
        self._kept += kept
        self._graded += row.result is not None and not kept
        self._bar.advance(self._task)
        self._console.print(plain(f"[{self._count}/{self._total}] {row.name}: {_words(row, kept)}"))

    def summary(self) -> str:
        """Return how many were graded in this run, how many kept from an earlier one, and how many have no marks."""
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
