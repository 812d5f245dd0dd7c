"""Limits on what the kernel counts for a process, which cannot be raised again.

Nothing here needs more than Python's own modules, so it also works where there is no lock: on macOS, in helpers.
"""

from __future__ import annotations

import mmap
import resource
from collections.abc import Mapping


def limit(wanted: Mapping[str, int]) -> None:
    """Set hard limits by the kernel's names for them, such as ``AS``, never above those that this process has.

    A name that the system does not know is omitted. Raises OSError or ValueError if it rejects one.
    """
    for what, most in hard(wanted):
        resource.setrlimit(what, (most, most))


def hard(wanted: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return the limits that `limit` sets, by number."""
    known = ((getattr(resource, f"RLIMIT_{name}", None), most) for name, most in wanted.items())
    return [(what, _no_more(what, most)) for what, most in known if what is not None]


def _no_more(what: int, most: int) -> int:
    _, now = resource.getrlimit(what)
    return most if now == resource.RLIM_INFINITY else min(most, now)


def address_space_in_use() -> int:
    """Return this process's virtual size in bytes, found by bisection, since a room has no /proc.

    A page can be mapped exactly while the limit on address space leaves room for it.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    low, high = 0, 1 << 47
    try:
        while high - low > mmap.PAGESIZE:
            middle = (low + high) // 2
            resource.setrlimit(resource.RLIMIT_AS, (middle, hard))
            try:
                mmap.mmap(-1, mmap.PAGESIZE).close()
                high = middle
            except OSError:
                low = middle
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    return high
