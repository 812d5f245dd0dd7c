"""How much memory checks outside the jail may use."""

from __future__ import annotations

import contextlib
import mmap
from collections.abc import Iterator

# Many times what checks use on right work, with torch loaded, and more than anything that crosses from a worker can
# need, unless it is compared or multiplied with something far larger.
MEMORY_MB = 4096
SHARE = 0.75


def limit_memory() -> None:
    """Limit this process to `MEMORY_MB` in addition to what it already has, if the system can enforce that.

    Exceeding it raises MemoryError. The limit is on memory of its own, not on mapped files: RLIMIT_DATA.
    """
    used = _data_bytes()
    if used is not None:
        _set_soft_limit(used + (MEMORY_MB << 20))


@contextlib.contextmanager
def unlimited() -> Iterator[None]:
    """Lift the limit in the block, for starting processes with limits of their own, or for testing."""
    soft = _set_soft_limit(None)
    try:
        yield
    finally:
        if soft is not None:
            _set_soft_limit(soft)


def is_given() -> bool:
    """Return whether this machine can provide the memory that the limit promises."""
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
    """Set the limit, None for the highest possible; return the previous one, or None if the system has none."""
    try:
        import resource  # Windows does not have it
    except ModuleNotFoundError:
        return None
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = hard if size is None or 0 <= hard < size else size
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    return before
