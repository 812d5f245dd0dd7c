"""Where output goes: colours on a terminal, plain lines of at least 80 columns in a pipe."""

from __future__ import annotations

from rich.console import Console


def console(*, stderr: bool = False) -> Console:
    """Return a console that highlights nothing of its own accord and wraps at words."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)
