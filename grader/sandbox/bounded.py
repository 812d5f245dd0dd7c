"""Limits on a check's own function while student code calls it, with arbitrary arguments.

It runs in the trusted process, which has no other limit: arrays of a few bytes can broadcast to more than all memory.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from grader.checks.asking.channel import StudentStopped
from grader.checks.asking.time_limit import ended_after
from grader.core.outcome import Outcome
from grader.sandbox.limits import MEBI

MEMORY_MB = 1024


@contextlib.contextmanager
def bounded(cpu_seconds: float) -> Iterator[None]:
    """Raise StudentStopped if the block takes more than `cpu_seconds`, or more than `MEMORY_MB` of memory."""
    busy = f"a function that was passed in was called with arguments that take it more than {cpu_seconds:g} s"
    try:
        with ended_after(cpu_seconds, busy), _memory_limit():
            yield
    except MemoryError as error:
        words = (
            f"a function that was passed in was called with arguments that take it more than {MEMORY_MB} MiB of memory"
        )
        raise StudentStopped(Outcome.OUT_OF_MEMORY, words) from error


@contextlib.contextmanager
def _memory_limit() -> Iterator[None]:
    """Limit this process's memory, if the system can report and limit it."""
    try:
        pages = _pages_in_use()
    except (OSError, ValueError):
        yield
        return
    import resource  # Windows does not have it, nor /proc

    soft, hard = before = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [pages * resource.getpagesize() + MEMORY_MB * MEBI, *(each for each in before if each >= 0)]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _pages_in_use() -> int:
    """Return this process's virtual size in pages. Called thousands of times, so it uses plain system calls."""
    statm = os.open("/proc/self/statm", os.O_RDONLY)
    try:
        return int(os.read(statm, 32).split()[0])
    finally:
        os.close(statm)
