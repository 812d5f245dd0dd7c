"""CSV tables that are safe in a spreadsheet: no cell becomes a formula, with any separator."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable

# Where a cell can begin: a reader with another separator than the comma may begin one inside ours, and removes quotes
# and spaces before its content.
_START = r"(?:^|[;\t\r\n|])[\s\"']*"
_SIGN = re.compile(r"[=+\-@＝＋－＠]")
_FORMULA = re.compile(rf"({_START})(?=[=+\-@＝＋－＠])")
_GUARDED = re.compile(rf"({_START})'(?=[=+\-@＝＋－＠])")


def inert_csv(rows: Iterable[Iterable[str]], identifiers: Collection[int] = ()) -> str:
    """Return a table as CSV text, all cells quoted, in which none is taken for a formula.

    Students choose file names: what a spreadsheet would run is preceded by a `'`, also after a semicolon, tab, bar or
    line break within a cell. `plain_cell` removes it again. The columns `identifiers` stay unchanged: another program
    uses them to find somebody (`is_formula` says which of them a spreadsheet would run).
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([cell if place in identifiers else _inert(cell) for place, cell in enumerate(row)] for row in rows)
    return text.getvalue()


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet would run a cell, or a part of it when it uses another separator."""
    return _FORMULA.search(cell) is not None


def plain_cell(cell: str) -> str:
    """Return a cell of such a table without the protection against formulas."""
    return _GUARDED.sub(r"\1", cell) if "'" in cell else cell


def _inert(cell: str) -> str:
    # Hardly any cell has such a character, and a class has a hundred thousand cells.
    return _FORMULA.sub(r"\1'", cell) if _SIGN.search(cell) else cell
