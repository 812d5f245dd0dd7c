"""The edge of the program: what commands print, and the words that are said in several of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import RenderableType
from rich.text import Text

from grader.cli.options import Isolation
from grader.errors import UsageError
from grader.render.console import console, leave_closed_pipe
from grader.render.text import plain

_UNCONFINED = (
    "WARNING: --isolation process: the submission's code is not confined. It can read and change everything "
    "that you can. Use it only for code that you trust; the result records it."
)


def show(*parts: RenderableType) -> None:
    """Print to standard output: tables as wide as the terminal, text without a line break of our own.

    Paths and code stay whole, so that they can be clicked on or copied.
    """
    out = console()
    for part in parts:
        line = plain(part) if isinstance(part, str) else part
        out.print(line, soft_wrap=isinstance(line, Text))


def emit(document: str) -> None:
    """Write a document to standard output as it is, for another program to read."""
    try:
        sys.stdout.write(document)
        sys.stdout.flush()
    except BrokenPipeError:
        leave_closed_pipe()


def tell(text: str, style: str = "") -> None:
    """Print to standard error, where it does not mix with results."""
    console(stderr=True).print(plain(text, style), soft_wrap=True)


def warn_if_unconfined(isolation: Isolation) -> None:
    """Say aloud that student code will run unconfined, where that was asked for."""
    if isolation is Isolation.PROCESS:
        tell(_UNCONFINED, "bold red")


@contextmanager
def staff_extra() -> Iterator[None]:
    """Import within this what students need not have; raises UsageError that says how to get it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UsageError(
            "this command is for staff and needs a package that is not installed",
            found=f"no package {error.name}",
            todo="pip install 'gradproof[staff]'",
        ) from error
