"""Text for terminals: what a student wrote cannot move the cursor, hide, or be taken for markup."""

from __future__ import annotations

from rich.text import Text

from grader.core.outcome import Outcome
from grader.core.text import counted, printable

# A check limits what it says; this is the final limit on what a terminal gets.
_LONGEST = 100_000
_STYLES = {
    Outcome.PASSED: "green",
    Outcome.NOT_IMPLEMENTED: "dim",
    Outcome.SKIPPED: "dim",
    Outcome.TO_BE_MARKED: "cyan",
    Outcome.MARKED: "cyan",
    Outcome.BROKEN: "bold magenta",
}


def plain(text: str, style: str = "") -> Text:
    """Return foreign text for a terminal: nothing in it is taken as markup or as an escape sequence.

    A submission chooses its file name, its messages and what it prints.
    """
    return Text(printable(text.expandtabs(4), keep="\n", limit=_LONGEST), style=style)


def outcome_words(outcome: str) -> Text:
    """Return an outcome as words, coloured by how good it is."""
    return Text(outcome.replace("_", " "), style=_STYLES.get(Outcome(outcome), "red"))


def size_words(size: int) -> str:
    """Return a number of bytes as e.g. ``212 KB``."""
    return (
        counted(size, "byte") if size < 1000 else f"{size / 1000:.0f} KB" if size < 10**6 else f"{size / 10**6:.1f} MB"
    )
