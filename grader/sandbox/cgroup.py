"""A second limit above a worker's own, if this machine supports it: control groups, version 2.

See Documentation/admin-guide/cgroup-v2.rst in the Linux source. The limits that decide marks are lower: marks are the
same with and without control groups. What they add is a limit on memory that no other limit counts (of pipes, of the
kernel for many files), and that the kernel reports whether a worker was killed for lack of memory in its own group.

Tested on recorded files; not tried on a live group.
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
# The grader's own group: one that delegates controllers may not contain processes.
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
        """Move a process into it, including whatever it forks. Raises OSError if the kernel refuses."""
        (self.folder / "cgroup.procs").write_text(f"{pid}\n")

    def has_killed(self) -> bool:
        """Return whether the kernel has killed a process in it for lack of memory since the last call."""
        before, self._killed = self._killed, _counted(self.folder / "memory.events").get("oom_kill", 0)
        return self._killed > before

    def close(self) -> None:
        """End the remaining processes in it, and remove it."""
        with contextlib.suppress(OSError):
            (self.folder / "cgroup.kill").write_text("1\n")
        with contextlib.suppress(OSError):
            self.folder.rmdir()


def group(memory_bytes: int, threads: int) -> Group | None:
    """Return a new group for a worker with these limits, well above them; None if groups are not available."""
    parent = _delegated(ROOT, OWN)
    return None if parent is None else make(parent, memory_bytes, threads)


def make(parent: Path, memory_bytes: int, threads: int) -> Group | None:
    """Create a group below `parent`, which delegates the controllers; None if that fails."""
    folder = parent / f"gradproof-{os.getpid()}-{next(_numbers)}"
    try:
        folder.mkdir()
        (folder / "memory.max").write_text(f"{ABOVE * memory_bytes + BESIDES_BYTES}\n")
        (folder / "memory.oom.group").write_text("0\n")  # killing one worker must leave the warm process alive
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
    """Return the group below which others can be created, according to `own`, the kernel's file about this process.

    A delegated group does not delegate controllers yet, and can only do so once it contains no processes: this process
    and those of its process group move to a neighbouring group. If there are others in it, it is left as it is.
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
    """Make a group delegate controllers. Raises OSError if it contains processes of others."""
    inside = [int(pid) for pid in (parent / "cgroup.procs").read_text().split()]
    if any(os.getpgid(pid) != os.getpgid(0) for pid in inside):
        raise PermissionError("it contains processes that are not the grader's")
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
