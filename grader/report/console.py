"""The appearance of output: colours on a terminal, plain lines in a pipe, and one style of table."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

# The exit code of a program that the signal SIGPIPE ended: 1 would mean that marks are below a threshold.
PIPE_CLOSED = 141


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Exit quietly: the reader, e.g. `head`, has seen enough."""
        leave_closed_pipe()


def leave_closed_pipe() -> NoReturn:
    """End the program when nobody reads its output any more."""
    # Python flushes standard output once more when it exits; redirect it, so that this does not fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(PIPE_CLOSED)


def console(*, stderr: bool = False) -> Console:
    """Return a console that does not highlight anything by itself and wraps at words."""
    return _Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def table(title: Text) -> Table:
    """Return an empty table in the style that all our tables share."""
    title.stylize("bold")
    return Table(
        title=title, title_justify="left", caption_justify="left",
        box=SIMPLE, show_edge=False, collapse_padding=True, pad_edge=False,
    )  # fmt: skip
