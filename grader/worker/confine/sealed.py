"""The inner lock on a helper: one of our processes that parses what a stranger wrote.

It does not run strangers' code, but a bug in a decoder might let them run some.
"""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass

from .resources import address_space_in_use, limit

OPEN_FILES = 64


@dataclass(frozen=True)
class Bounds:
    """How much a helper may use: additional memory, CPU time, and the size of a file that it writes."""

    memory_bytes: int
    cpu_seconds: int
    file_bytes: int = 0


def seal(bounds: Bounds, writable: str = "") -> None:
    """Give up everything except open descriptors and the folder `writable`, as far as this system has locks.

    No module can be imported and no file opened from then on. As root the process becomes a user that nobody is, to
    whom the folder is given.
    """
    if sys.platform != "linux":
        with contextlib.suppress(OSError, ValueError):  # macOS refuses some
            limit({"CPU": bounds.cpu_seconds, "FSIZE": bounds.file_bytes, "CORE": 0})
            limit({"AS": address_space_in_use() + bounds.memory_bytes})
        return
    from . import confine, landlock, seccomp

    user = confine.private_user()
    if user and not confine.can_become(user, reads_past_modes=False):
        user = 0
    if user and writable:
        os.chown(writable, user, user)
    abi = landlock.version()
    rules = landlock.ruleset([], [writable] if writable else [], abi) if abi else None
    memory = address_space_in_use() + bounds.memory_bytes
    limits = confine.Confinement(memory, bounds.cpu_seconds, bounds.file_bytes, OPEN_FILES, threads=1, user=user)
    confine.confine(limits, limits.resources(), rules, filtered=seccomp.available())
