"""How much memory checks may take, of what runs outside the jail."""

from __future__ import annotations

import contextlib
import mmap
from collections.abc import Iterator

# Many times what checks take on right work, with torch in the process; more than anything that crosses from a worker
# can need, unless it is compared or multiplied with something far larger.
MEMORY_MB = 4096
SHARE = 0.75


def limit_memory() -> None:
    """Let this process take no more than `MEMORY_MB` beyond what it has, where the system can hold it to that.

    More raises MemoryError. What counts is memory of its own, not files that are mapped: RLIMIT_DATA.
    """
    used = _data_bytes()
    if used is not None:
        _set_soft_limit(used + (MEMORY_MB << 20))


@contextlib.contextmanager
def unlimited() -> Iterator[None]:
    """Lift the limit for what is started meanwhile, which has limits of its own, or for what is tried."""
    soft = _set_soft_limit(None)
    try:
        yield
    finally:
        if soft is not None:
            _set_soft_limit(soft)


def is_given() -> bool:
    """Tell whether this machine gives what the limit promises."""
    with unlimited():
        try:
            mmap.mmap(-1, int(SHARE * MEMORY_MB) << 20).close()
        except (OSError, MemoryError):
            return False
    return True


def _data_bytes() -> int | None:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[5]) * mmap.PAGESIZE
    except OSError:
        return None


def _set_soft_limit(size: int | None) -> int | None:
    """Set the limit, None for as high as may be; return the one before, None where the system has none."""
    try:
        import resource  # Windows has none
    except ModuleNotFoundError:
        return None
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = hard if size is None or 0 <= hard < size else size
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    return before
