"""Limits on the CPU time that one of our grading processes uses for one check, enforced by its parent.

Checks run in a trusted process, outside the jail, on whatever student code has returned. A single call of NumPy on it
can take an hour, and no Python signal handler runs before such a call has returned. So the process notes in shared
memory what it is doing, and the parent reads the process's CPU clock from the kernel.
"""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass

# For one check, with everything that belongs to it. The most expensive one of this course takes two seconds, on right
# or wrong work, most of them to import torch.
CPU_SECONDS = 30.0
# For all checks of one submission.
SUBMISSION_SECONDS = 3 * CPU_SECONDS
# The reference's time for the same check is far below the limit if it is at most this share of it.
FAR_BELOW = 0.25
# What runs before the first check, and anything that belongs to no check.
READING = "reading"
LOOK_SECONDS = 0.25
POSITION_BYTES = 1024


class Position:
    """What a process is doing, in memory that it shares with its parent."""

    def __init__(self) -> None:
        self._shared = multiprocessing.RawArray("c", POSITION_BYTES)
        self._count = 0

    def enter(self, what: str) -> None:
        """Note what begins now; whatever was running before is over."""
        self._count += 1
        self._shared.value = f"{self._count} {what}".encode()[: POSITION_BYTES - 1]

    @property
    def mark(self) -> bytes:
        """A value that distinguishes the present work from everything before it."""
        return bytes(self._shared.value)

    @property
    def what(self) -> str:
        """What was begun last, or "" if nothing was."""
        return self.mark.decode(errors="replace").partition(" ")[2]


@dataclass(frozen=True)
class Stopped:
    """What a process was doing when it ended early; `overrun` if its parent ended it because of its CPU time."""

    what: str
    reason: str
    overrun: bool = False


class Supervisor:
    """Watches how much CPU time the process `pid` uses for each thing that it does."""

    def __init__(self, pid: int, position: Position) -> None:
        self._pid = pid
        self._position = position
        self._mark = b""
        self._cpu_before = 0.0

    def overrun(self) -> Stopped | None:
        """Return what the process is doing if it has used more than the allowed CPU time for it."""
        used, mark = _cpu_seconds(self._pid), self._position.mark
        if mark != self._mark:
            # What it has used since it began this is unknown, and ignored: this is called often.
            self._mark, self._cpu_before = mark, used
        if not mark or used - self._cpu_before <= CPU_SECONDS:
            return None  # before anything else, suites are collected, which is not a submission's doing
        return Stopped(self._position.what, f"more than {CPU_SECONDS:g} s of CPU time", overrun=True)


def _cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process, or 0 if the system does not report it or the process has ended."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # its CPU clock, see clock_getcpuclockid(3)
    except (OSError, AttributeError):
        return 0.0
