"""Tables as CSV that a spreadsheet shows as it is: no cell becomes a formula, whichever separator it goes by."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# Where a cell can begin: a reader that goes by another separator than the comma may begin one within ours, and
# takes quotes and blanks before its content away.
_START = r"(?:^|[;\t\r\n|])[\s\"']*"
_FORMULA = re.compile(rf"({_START})(?=[=+\-@＝＋－＠])")
_GUARDED = re.compile(rf"({_START})'(?=[=+\-@＝＋－＠])")


def inert_csv(rows: Iterable[Iterable[str]]) -> str:
    """Return a table as CSV text, all cells quoted, in which none is taken for a formula.

    Students choose file names: what a spreadsheet would run has a `'` before it, also after a semicolon, tab, bar or
    line break within a cell. `plain_cell` takes it away again.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([_FORMULA.sub(r"\1'", cell) for cell in row] for row in rows)
    return text.getvalue()


def plain_cell(cell: str) -> str:
    """Return a cell of such a table as it was before it was kept from being a formula."""
    return _GUARDED.sub(r"\1", cell)
