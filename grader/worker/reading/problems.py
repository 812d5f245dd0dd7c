"""Python's errors about a text, as plain data and as exceptions again."""

from __future__ import annotations

import builtins
from typing import Any


class Unreadable(SyntaxError):
    """A file is not text, not a notebook, or too deeply nested to be read; the message names it."""


# An exception's class, a built-in one or the above, and its arguments.
Told = tuple[str, tuple[Any, ...]]


def told(error: BaseException) -> Told:
    """Return an error as plain data."""
    return type(error).__name__, error.args


def rebuilt(problem: Told) -> BaseException:
    """Return the exception again, its line and place included, without a traceback."""
    kind, args = problem
    known: dict[str, type[BaseException]] = {**vars(builtins), "Unreadable": Unreadable}
    return known[kind](*args)
