"""How output looks: colours on a terminal, plain lines in a pipe, and one style of table."""

from __future__ import annotations

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text


def console(*, stderr: bool = False) -> Console:
    """Return a console that highlights nothing of its own accord and wraps at words."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def table(title: Text) -> Table:
    """Return an empty table in the one style that all of ours have."""
    title.stylize("bold")
    return Table(title=title, title_justify="left", box=SIMPLE, show_edge=False, collapse_padding=True, pad_edge=False)
