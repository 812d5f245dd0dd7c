"""What a check's own function may use while student code calls it, with whatever arguments.

It runs in the trusted process, which no limit ends: arrays of a few bytes can broadcast to more than there is memory.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from grader.channel import StudentStopped
from grader.jail.limits import MEBI
from grader.outcome import Outcome
from grader.patience import ended_after

MEMORY_MB = 1024


@contextlib.contextmanager
def bounded(cpu_seconds: float) -> Iterator[None]:
    """Raise StudentStopped where what runs takes more than so many seconds, or more than `MEMORY_MB` of memory."""
    busy = f"a function that was passed in was called with what keeps it busy for more than {cpu_seconds:g} s"
    try:
        with ended_after(cpu_seconds, busy), _memory_limit():
            yield
    except MemoryError as error:
        words = f"a function that was passed in was called with what takes more than {MEMORY_MB} MiB of memory"
        raise StudentStopped(Outcome.OUT_OF_MEMORY, words) from error


@contextlib.contextmanager
def _memory_limit() -> Iterator[None]:
    """Bound this process's memory, where the system can say and bound it."""
    try:
        pages = _pages_in_use()
    except (OSError, ValueError):
        yield
        return
    import resource  # Windows has none, and no /proc either

    soft, hard = before = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [pages * resource.getpagesize() + MEMORY_MB * MEBI, *(each for each in before if each >= 0)]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _pages_in_use() -> int:
    """Return this process's virtual size in pages. Asked thousands of times a check, so by plain system calls."""
    statm = os.open("/proc/self/statm", os.O_RDONLY)
    try:
        return int(os.read(statm, 32).split()[0])
    finally:
        os.close(statm)
