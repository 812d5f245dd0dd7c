"""What Python found wrong with a text, as plain data and as an exception again."""

from __future__ import annotations

import builtins
from typing import Any

# An exception's class, one of Python's own, and its arguments.
Told = tuple[str, tuple[Any, ...]]


def told(error: BaseException) -> Told:
    """Return what is wrong as plain data."""
    return type(error).__name__, error.args


def rebuilt(problem: Told) -> BaseException:
    """Return the exception again, its line and place included, without a traceback."""
    kind, args = problem
    return getattr(builtins, kind)(*args)  # type: ignore[no-any-return]
