"""The capabilities of a machine, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from grader.report.text import plain


def capability_table(lines: Iterable[tuple[str, bool, str]]) -> Table:
    """Return a row for each (what, whether it works, remark)."""
    table = Table(box=None, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for what, works, remark in lines:
        table.add_row(plain(what), Text("yes", "green") if works else Text("no", "red"), plain(remark))
    return table
