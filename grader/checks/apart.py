"""Telling mistakes apart that answer alike to what a check must ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from grader.checks.failing import CheckFailed
from grader.checks.submission import Submission


@contextmanager
def told_apart(submission: Submission, ask: Callable[[], object]) -> Iterator[None]:
    """Where the block fails, have `ask` ask the submission for something else as well, and let the failure stand.

    A mistake is named by all that the failing example asked. Two that are alike in the first step are not in the
    second: asked for it here, nobody is told of the other. What comes of it, and an error on the way, count for
    nothing, and the lines that reproduce the failure leave it out.
    """
    try:
        yield
    except CheckFailed:
        known = len(submission._calls)
        with suppress(Exception):
            ask()
        del submission._calls[known:]
        raise
