"""What a process that reads a stranger's archive or notebook gives up before it does."""

from __future__ import annotations

import contextlib

from grader.submission.bounds import MAX_NOTEBOOK_BYTES, UNPACKING_CPU_SECONDS, UNPACKING_MEMORY_BYTES

_ONE_WRITE = 64 * 1024  # beyond the largest file: it is told by counting, not by a signal


def confine() -> None:
    """Give up all but standard input and output and the working directory, as far as this system has locks."""
    "".encode("cp437")  # names in archives; what is not loaded by now cannot be
    with contextlib.suppress(ImportError):  # Windows has no limits; what is read is counted all the same
        from grader.worker.sealed import Bounds, seal

        seal(Bounds(UNPACKING_MEMORY_BYTES, UNPACKING_CPU_SECONDS, MAX_NOTEBOOK_BYTES + _ONE_WRITE), writable=".")
