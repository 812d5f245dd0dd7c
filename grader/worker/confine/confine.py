"""The inner lock: what a forked worker gives up before any of the student's code runs.

In this order: resource limits, groups, gid and uid, capabilities, the signal at the parent's death, not dumpable,
no_new_privs, Landlock, seccomp. A change of uid cancels the signal, Landlock needs no_new_privs, and the filter refuses
calls that earlier steps make. A forked worker has already closed its descriptors (`worker/forking/zygote.py`);
docs/security.md has the whole order, numbered.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import resource
import signal
from dataclasses import dataclass

from . import landlock, seccomp
from .resources import hard

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8
CAPABILITY_VERSION_3 = 0x20080522
READ_ANY_FILE = 1 << 2  # CAP_DAC_READ_SEARCH
FIRST_PRIVATE_USER = 1_000_000_000
USERS_OF_A_PROCESS = 512  # each worker of one grader has another, until they are used up
FAR_AWAY = 8_192
PENDING_SIGNALS = 64

# Created before a fork, so that it is not created by copying pages after each one.
_libc = ctypes.CDLL(None, use_errno=True)
_prctl, _capset = _libc.prctl, _libc.capset
_header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
# Effective, permitted, inheritable; twice 32 bits.
_nothing = (ctypes.c_uint32 * 6)()
_reading = (ctypes.c_uint32 * 6)(READ_ANY_FILE, READ_ANY_FILE, 0, 0, 0, 0)


_users = itertools.count()


def private_user() -> int:
    """Return a uid that nobody has, a different one each time; 0 if not run by root, which cannot assign one."""
    if os.geteuid() != 0:
        return 0
    return FIRST_PRIVATE_USER + os.getpid() * USERS_OF_A_PROCESS + next(_users) % USERS_OF_A_PROCESS


@dataclass(frozen=True)
class Confinement:
    """How to confine a worker.

    `memory_bytes` is in addition to `used_bytes`, the address space that the warm process already uses; `user` is the
    private uid to take on, 0 for none; `reads_past_modes` keeps the right to read files that the private uid could not
    reach (a Python below root's home), which Landlock then restricts to the listed folders.
    """

    memory_bytes: int
    cpu_seconds: int
    file_bytes: int
    open_files: int
    threads: int
    user: int = 0
    reads_past_modes: bool = False
    used_bytes: int = 0

    @property
    def wanted(self) -> dict[str, int]:
        """The limits of the kernel's resources."""
        return {
            "AS": self.used_bytes + self.memory_bytes,
            "CPU": self.cpu_seconds,
            "FSIZE": self.file_bytes,
            "NOFILE": self.open_files,
            # Counted per user: exact for a private uid. For an ordinary user, all of its processes count with the
            # workers, so there it only stops extremes; the workers' threads are watched from outside.
            "NPROC": self.threads if self.user else FAR_AWAY,
            "SIGPENDING": PENDING_SIGNALS,
            **dict.fromkeys(("CORE", "MEMLOCK", "MSGQUEUE", "RTPRIO", "NICE"), 0),
        }

    def resources(self) -> list[tuple[int, int]]:
        """Return the same by number, never more than this process may have."""
        return hard(self.wanted)


def confine(limits: Confinement, resources: list[tuple[int, int]], rules: int | None, *, filtered: bool = True) -> None:
    """Confine the calling process permanently; `rules` is a Landlock ruleset's descriptor.

    `resources` are those of `limits`; a process that forks computes them beforehand. A helper, which runs no code of a
    stranger's, does without rules or filter if this kernel has none. Raises OSError if the kernel refuses.
    """
    for what, most in resources:
        resource.setrlimit(what, (most, most))
    become(limits.user, limits.reads_past_modes)
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # after the uid, whose change cancels it
    _prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    _prctl(seccomp.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if rules is not None:
        landlock.restrict(rules)
        os.close(rules)
    if filtered:
        seccomp.prepared().install(os.getpid())


def become(user: int, reads_past_modes: bool) -> None:
    """Take on a private uid and gid, unless `user` is 0, and drop all capabilities, except reading if requested.

    A process that keeps its uid can read its files without that capability. Raises OSError if the kernel refuses.
    """
    reads_past_modes = reads_past_modes and bool(user)
    if user:
        os.setgroups([])
        if reads_past_modes:
            _prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    if _capset(_header, _reading if reads_past_modes else _nothing):
        raise OSError(ctypes.get_errno(), "capabilities cannot be dropped")


def can_become(user: int, reads_past_modes: bool) -> bool:
    """Return whether `become` works here, by a process that tries: root of a container may not have another uid."""
    pid = os.fork()
    if pid == 0:
        try:
            become(user, reads_past_modes)
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
