"""Distinguishing mistakes that give the same answers to what a check needs to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from grader.checks.asking.failing import CheckFailed
from grader.checks.asking.submission import Submission, exchange_of


@contextmanager
def told_apart(submission: Submission, ask: Callable[[], object]) -> Iterator[None]:
    """If the block fails, have `ask` call the submission with further questions, and raise the failure again.

    A mistake is named by everything that the failing example asked. If two mistakes agree in the first step but not in
    the second, asking for the second here keeps a student from being told of the wrong one. The answers, and any error
    on the way, do not matter, and the lines that reproduce the failure omit them.
    """
    try:
        yield
    except CheckFailed:
        with exchange_of(submission).log.left_out(), suppress(Exception):
            ask()
        raise
