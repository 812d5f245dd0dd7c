"""The edge of the program: how commands print, and texts that several of them use."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import RenderableType
from rich.text import Text

from grader.cli.options import Isolation
from grader.core.errors import UsageError
from grader.core.text import printable
from grader.report.console import console, leave_closed_pipe
from grader.report.text import plain

_NAMED = 5
_UNCONFINED = (
    "WARNING: --isolation process: the submission's code is not confined. It can read and change everything "
    "that you can. Use it only for code that you trust; the result records it."
)


def show(*parts: RenderableType) -> None:
    """Print to standard output: tables as wide as the terminal, text without added line breaks.

    Paths and code stay whole, so that they can be clicked on or copied.
    """
    out = console()
    for part in parts:
        line = plain(part) if isinstance(part, str) else part
        out.print(line, soft_wrap=isinstance(line, Text))


def emit(document: str) -> None:
    """Write a document to standard output unchanged, for another program to read."""
    try:
        sys.stdout.write(document)
        sys.stdout.flush()
    except BrokenPipeError:
        leave_closed_pipe()


def tell(text: str, style: str = "") -> None:
    """Print to standard error, where it does not mix with results."""
    console(stderr=True).print(plain(text, style), soft_wrap=True)


def some(names: Sequence[str]) -> str:
    """Return the first few of some names, and how many more there are."""
    more = len(names) - _NAMED
    return ", ".join(map(printable, names[:_NAMED])) + (f" and {more} more" if more > 0 else "")


def warn_if_unconfined(isolation: Isolation) -> None:
    """Warn that student code will run unconfined, if that was requested."""
    if isolation is Isolation.PROCESS:
        tell(_UNCONFINED, "bold red")


def logged_in() -> str:
    """Return the name of the user who is logged in, or the number if the system knows no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


@contextmanager
def staff_extra(extra: str = "staff") -> Iterator[None]:
    """Import packages that students do not need within the block; raises UsageError that says how to install them."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UsageError(
            "this command is for staff and needs a package that is not installed",
            found=f"no package {error.name}",
            todo=f"pip install 'gradproof[{extra}]'",
        ) from error
