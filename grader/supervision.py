"""A process of ours that grades, and what it may use for one check: its parent holds it to that.

Checks run in a trusted process, outside the jail, on whatever student code has returned. One call of NumPy on it can
take an hour, and no handler of Python's runs before such a call has come to its end. So the process tells its parent
what it is at, in memory that both share, and the parent looks at the kernel's CPU clock of the process.
"""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass

# For one check, with everything that belongs to it. The dearest of this course's, on right work and on wrong, take two
# seconds, most of them to import torch.
CPU_SECONDS = 30.0
# For all checks of one submission.
SUBMISSION_SECONDS = 3 * CPU_SECONDS
# What the reference takes of the same check is far below the limit where it is no more than this share of it.
FAR_BELOW = 0.25
# What is under way before the first check, with what belongs to no check.
READING = "reading"
LOOK_SECONDS = 0.25
POSITION_BYTES = 1024


class Position:
    """What a process is at, in memory that it shares with its parent."""

    def __init__(self) -> None:
        self._shared = multiprocessing.RawArray("c", POSITION_BYTES)
        self._count = 0

    def enter(self, what: str) -> None:
        """Say what begins now; what was under way before is over."""
        self._count += 1
        self._shared.value = f"{self._count} {what}".encode()[: POSITION_BYTES - 1]

    @property
    def mark(self) -> bytes:
        """What tells this moment's work from all before it."""
        return bytes(self._shared.value)

    @property
    def what(self) -> str:
        """What was begun last, "" for nothing yet."""
        return self.mark.decode(errors="replace").partition(" ")[2]


@dataclass(frozen=True)
class Stopped:
    """What a process was at when it ended before its time; `overrun` if its parent ended it, for the CPU time used."""

    what: str
    reason: str
    overrun: bool = False


class Supervisor:
    """Looks at what the process `pid` uses for each thing that it is at."""

    def __init__(self, pid: int, position: Position) -> None:
        self._pid = pid
        self._position = position
        self._mark = b""
        self._cpu_before = 0.0

    def overrun(self) -> Stopped | None:
        """Return what the process is at, where it has used more than its CPU time for that."""
        used, mark = _cpu_seconds(self._pid), self._position.mark
        if mark != self._mark:
            # What it has used since it began this is not known, and let go: it is looked at often.
            self._mark, self._cpu_before = mark, used
        if not mark or used - self._cpu_before <= CPU_SECONDS:
            return None  # before anything is begun, suites are collected, which is no submission's doing
        return Stopped(self._position.what, f"more than {CPU_SECONDS:g} s of CPU time", overrun=True)


def _cpu_seconds(pid: int) -> float:
    """Return what a process has used of CPU time; 0 where the system does not tell, or it has ended."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # its CPU clock, see clock_getcpuclockid(3)
    except (OSError, AttributeError):
        return 0.0
