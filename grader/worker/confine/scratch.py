"""A limit on what workers write to disk: a small file system of their own, in memory, or one that is already small."""

from __future__ import annotations

import ctypes
import os

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_NOSUID, MS_NODEV, MS_REC, MS_PRIVATE = 2, 4, 1 << 14, 1 << 18
SMALL = 256 << 20  # docker gives /dev/shm 64 MiB
MOST_FILES = (
    32_768  # far more than a worker may have, so that whoever counts files reports it before the space runs out
)


def bound(folder: str, size: int, *, keeps_uid: bool) -> bool:
    """Mount a file system of `size` bytes on `folder`, visible to this process and its children.

    A process that `keeps_uid` may do so in a user namespace, in which it cannot have another uid. Return whether what
    is written to `folder` is now limited. For a process with one thread.
    """
    ways = [CLONE_NEWNS, CLONE_NEWNS | CLONE_NEWUSER] if keeps_uid else [CLONE_NEWNS]
    options = f"size={size},nr_inodes={MOST_FILES},mode=0777".encode()
    for way in ways:
        if _works(way, folder, options):
            _mount(way, folder, options)
            return True
    return is_small(folder)


def is_small(folder: str) -> bool:
    """Return whether the file system of `folder` is no larger than what a few workers may write."""
    told = os.statvfs(folder)
    return 0 < told.f_blocks * told.f_frsize <= SMALL


def _works(way: int, folder: str, options: bytes) -> bool:
    """Return whether it works, by a process that tries: doing half of it would leave this one without its user."""
    pid = os.fork()
    if pid == 0:
        try:
            _mount(way, folder, options)
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _mount(way: int, folder: str, options: bytes) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    _demand(libc.unshare(way))
    if way & CLONE_NEWUSER:
        for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(line)
    _demand(libc.mount(None, b"/", None, ctypes.c_ulong(MS_REC | MS_PRIVATE), None))
    _demand(libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", ctypes.c_ulong(MS_NOSUID | MS_NODEV), options))


def _demand(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
