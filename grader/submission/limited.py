"""What a process that reads a stranger's archive or notebook gives up before it does."""

from __future__ import annotations

from grader.submission.bounds import MAX_NOTEBOOK_BYTES, UNPACKING_CPU_SECONDS, UNPACKING_MEMORY_BYTES

_ONE_WRITE = 64 * 1024  # beyond the largest file: it is told by counting, not by a signal


def limit_resources() -> None:
    """Limit this process in memory, CPU time and file size, as far as the system can."""
    try:
        import resource
    except ImportError:  # Windows has none; what is read is counted all the same
        return
    for what, limit in (
        (resource.RLIMIT_AS, UNPACKING_MEMORY_BYTES),
        (resource.RLIMIT_CPU, UNPACKING_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_NOTEBOOK_BYTES + _ONE_WRITE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
