"""What a process gives up before it reads a stranger's archive or notebook."""

from __future__ import annotations

import contextlib

from grader.intake.bounds import MAX_NOTEBOOK_BYTES, UNPACKING_CPU_SECONDS, UNPACKING_MEMORY_BYTES

_ONE_WRITE = 64 * 1024  # more than the largest file: exceeding that is detected by counting, not by a signal


def confine(cpu_seconds: int = UNPACKING_CPU_SECONDS) -> None:
    """Give up everything except standard input and output and the working directory, as far as this system can lock."""
    "".encode("cp437")  # names in archives; what is not loaded by now cannot be loaded later
    with contextlib.suppress(ImportError):  # Windows has no limits; what is read is counted anyway
        from grader.worker.confine.sealed import Bounds, seal

        seal(Bounds(UNPACKING_MEMORY_BYTES, cpu_seconds, MAX_NOTEBOOK_BYTES + _ONE_WRITE), writable=".")
