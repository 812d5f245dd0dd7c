"""What the kernel's scheduler reports about a worker: whether it waited, or was made to wait.

Read from ``/proc`` by the trusted side, by the number that the worker's process has there.
"""

from __future__ import annotations

import contextlib
import functools
import os
from dataclasses import dataclass

NANOSECONDS = 1e9
# Waiting for a disk, or stopped by a signal (a worker cannot stop itself by one).
HELD_STATES = frozenset("DTt")
ASLEEP = "S"
# More threads than these are not examined: a worker may not have as many.
MOST_THREADS = 64
THREADS_AT = 17  # in /proc/PID/stat, counted from the state on


@dataclass(frozen=True)
class Scheduling:
    """Seconds for which a worker wanted to run while others ran, its threads, and what it is doing at the moment.

    A thread that waits for another one of the same worker does not count as waiting for others. It is `held` if it
    waits for a disk or is stopped by a signal, and `asleep` if no thread of it runs, wants to run or is held.
    """

    starved: float
    threads: int
    held: bool
    asleep: bool = False


def scheduling(pid: int) -> Scheduling | None:
    """Return what is known about the process `pid`; None if this system does not report it, or it has ended."""
    if not _told():
        return None
    try:
        fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
        tasks = os.listdir(f"/proc/{pid}/task")[:MOST_THREADS]
    except OSError:
        return None
    ran, waited, held = [], [], fields[0] in HELD_STATES
    for task in tasks:
        with contextlib.suppress(OSError, ValueError):  # the thread has ended meanwhile
            run, delay, _ = _read(f"/proc/{pid}/task/{task}/schedstat").split()
            ran.append(int(run))
            waited.append(int(delay))
    if not any(ran):
        return None
    # At most times all run on one CPU, so the others' time is what a thread would have waited for them.
    starved = max(delay - (sum(ran) - run) for run, delay in zip(ran, waited, strict=True))
    asleep = fields[0] == ASLEEP and all(_state(pid, task) == ASLEEP for task in tasks if task != str(pid))
    return Scheduling(max(0, starved) / NANOSECONDS, int(fields[THREADS_AT]), held, asleep)


def _state(pid: int, task: str) -> str:
    """Return what a thread is doing; one that has ended counts as asleep."""
    try:
        return _read(f"/proc/{pid}/task/{task}/stat").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return ASLEEP


def own_delay() -> float:
    """Return the seconds for which this thread wanted to run while others ran; 0.0 if the system does not say."""
    if not _told():
        return 0.0
    return int(_read("/proc/thread-self/schedstat").split()[1]) / NANOSECONDS


def _read(path: str) -> str:
    """Return the content of a file in /proc, by plain system calls: this is called twenty times a second."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, 4_096).decode(errors="replace")
    finally:
        os.close(descriptor)


@functools.cache
def _told() -> bool:
    """Return whether ``/proc`` exists, and is about the processes with the same numbering as ours."""
    try:
        return os.readlink("/proc/self") == str(os.getpid()) and bool(_read("/proc/thread-self/schedstat"))
    except OSError:
        return False
