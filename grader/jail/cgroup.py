"""A backstop above a worker's limits, where this machine lets one be had: control groups, version 2.

See Documentation/admin-guide/cgroup-v2.rst in the Linux source. The limits that decide marks lie below: with a backstop
and without, marks are the same. What it adds is that memory which no other limit counts (of pipes, of the kernel for
many files) has an end, and that the kernel tells whether a worker was killed for want of memory in its own group.

Tested on recorded files; untried on a live group.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")
CONTROLLERS = {"memory", "pids"}
# Where the grader itself goes: a group that gives controllers to others may hold no process.
LEAF = "gradproof-grader"
ABOVE = 2  # times what a worker may have
BESIDES_BYTES = 4 << 30  # for a warm process, which may hold torch
BESIDES_PROCESSES = 64

_numbers = itertools.count(1)


@dataclass
class Group:
    """A control group for one warm process and its workers."""

    folder: Path
    _killed: int = field(default=0, init=False)

    def take(self, pid: int) -> None:
        """Put a process into it, and with it whatever it forks. Raises OSError where the kernel says no."""
        (self.folder / "cgroup.procs").write_text(f"{pid}\n")

    def has_killed(self) -> bool:
        """Tell whether the kernel has killed a process in it for want of memory since this was last asked."""
        before, self._killed = self._killed, _counted(self.folder / "memory.events").get("oom_kill", 0)
        return self._killed > before

    def close(self) -> None:
        """End what is left in it, and remove it."""
        with contextlib.suppress(OSError):
            (self.folder / "cgroup.kill").write_text("1\n")
        with contextlib.suppress(OSError):
            self.folder.rmdir()


def group(memory_bytes: int, threads: int) -> Group | None:
    """Return a new group for a worker that may have so much, well above that; None where there are none to be had."""
    parent = _delegated(ROOT, OWN)
    return None if parent is None else make(parent, memory_bytes, threads)


def make(parent: Path, memory_bytes: int, threads: int) -> Group | None:
    """Make a group below `parent`, which gives out the controllers; None where that fails."""
    folder = parent / f"gradproof-{os.getpid()}-{next(_numbers)}"
    try:
        folder.mkdir()
        (folder / "memory.max").write_text(f"{ABOVE * memory_bytes + BESIDES_BYTES}\n")
        (folder / "memory.oom.group").write_text("0\n")  # one killed worker is to leave the warm process alive
        (folder / "pids.max").write_text(f"{ABOVE * threads + BESIDES_PROCESSES}\n")
    except OSError:
        with contextlib.suppress(OSError):
            folder.rmdir()
        return None
    return Group(folder)


@functools.cache
def _delegated(root: Path, own: Path) -> Path | None:
    return delegated(root, own)


def delegated(root: Path, own: Path) -> Path | None:
    """Return the group below which others can be made, by what `own`, the kernel's word on this process, says.

    A group that was delegated gives out no controllers yet, and can only once no process is in it: this process and
    those of its process group go to a group beside. Where others are in it, it is left as it is.
    """
    try:
        path = next(line.removeprefix("0::/") for line in own.read_text().splitlines() if line.startswith("0::/"))
        here = root / path
        parent = here.parent if here.name == LEAF else here
        if not set((parent / "cgroup.controllers").read_text().split()) >= CONTROLLERS:
            return None
        if not set((parent / "cgroup.subtree_control").read_text().split()) >= CONTROLLERS:
            _give_out(parent)
    except (OSError, ValueError, StopIteration):
        return None
    return parent if os.access(parent, os.W_OK) else None


def _give_out(parent: Path) -> None:
    """Have a group give out controllers. Raises OSError where there are processes of others in it."""
    inside = [int(pid) for pid in (parent / "cgroup.procs").read_text().split()]
    if any(os.getpgid(pid) != os.getpgid(0) for pid in inside):
        raise PermissionError("it holds processes that are none of the grader's")
    (parent / LEAF).mkdir(exist_ok=True)
    for pid in inside:
        (parent / LEAF / "cgroup.procs").write_text(f"{pid}\n")
    (parent / "cgroup.subtree_control").write_text("+memory +pids\n")


def _counted(file: Path) -> dict[str, int]:
    """Return the numbers in a file of names and numbers."""
    try:
        pairs = (line.split() for line in file.read_text().splitlines())
        return {name: int(number) for name, number in pairs}
    except (OSError, ValueError):
        return {}
