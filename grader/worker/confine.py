"""The inner lock: what a forked worker gives up before any of the student's code runs.

In this order: descriptors, resource limits, the user's identity, Landlock, seccomp. Each step needs
a right that a later one takes away.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import resource
import signal
from dataclasses import dataclass
from functools import cached_property

from . import landlock, seccomp
from .resources import hard

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8
CAPABILITY_VERSION_3 = 0x20080522
READ_ANY_FILE = 1 << 2  # CAP_DAC_READ_SEARCH
FIRST_PRIVATE_USER = 1_000_000_000
USERS_OF_A_PROCESS = 512  # each worker of one grader has another, until it begins anew
FAR_AWAY = 8_192
PENDING_SIGNALS = 64

# All that can be there before a fork need not be made, by copying pages, after each one.
_libc = ctypes.CDLL(None, use_errno=True)
_prctl, _capset = _libc.prctl, _libc.capset
_header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
# Effective, permitted, inheritable; twice 32 bits.
_nothing = (ctypes.c_uint32 * 6)()
_reading = (ctypes.c_uint32 * 6)(READ_ANY_FILE, READ_ANY_FILE, 0, 0, 0, 0)


_users = itertools.count()


def private_user() -> int:
    """Return a uid that nobody has, another each time; 0 for whoever is not root and cannot give one."""
    if os.geteuid() != 0:
        return 0
    return FIRST_PRIVATE_USER + os.getpid() * USERS_OF_A_PROCESS + next(_users) % USERS_OF_A_PROCESS


@dataclass(frozen=True)
class Confinement:
    """How a worker is to be confined.

    `memory_bytes` is on top of `used_bytes`, the address space that the warm process uses already; `user` is
    the private uid to take on, 0 for none; `reads_past_modes` keeps the right to read files that the private
    uid could not reach (a Python below root's home), which Landlock then narrows to the listed folders.
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
        """What there may be of each of the kernel's resources."""
        return {
            "AS": self.used_bytes + self.memory_bytes,
            "CPU": self.cpu_seconds,
            "FSIZE": self.file_bytes,
            "NOFILE": self.open_files,
            # Counted per user: exact for a private uid. All that an ordinary user runs counts with the workers, so
            # there it only ends what nobody runs; their threads are watched from outside.
            "NPROC": self.threads if self.user else FAR_AWAY,
            "SIGPENDING": PENDING_SIGNALS,
            **dict.fromkeys(("CORE", "MEMLOCK", "MSGQUEUE", "RTPRIO", "NICE"), 0),
        }

    @cached_property
    def resources(self) -> list[tuple[int, int]]:
        """The same by number, never more than this process may have."""
        return hard(self.wanted)


def confine(limits: Confinement, rules: int | None, *, filtered: bool = True) -> None:
    """Confine the calling process for good; `rules` is a Landlock ruleset's descriptor.

    A helper, which runs no code of a stranger's, does without rules or filter where this kernel has none. Raises
    OSError where the kernel says no.
    """
    for what, most in limits.resources:
        resource.setrlimit(what, (most, most))
    become(limits.user, limits.reads_past_modes)
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # after the uid, whose change takes it back
    _prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    _prctl(seccomp.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if rules is not None:
        landlock.restrict(rules)
        os.close(rules)
    if filtered:
        seccomp.prepared().install(os.getpid())


def become(user: int, reads_past_modes: bool) -> None:
    """Take on a private uid and gid, unless `user` is 0, and lose all capabilities, but for reading if asked.

    Who keeps the uid reads what it reads without that capability. Raises OSError where the kernel says no.
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
    """Tell whether `become` works here, by a process that tries: root of a container may have no other uid."""
    pid = os.fork()
    if pid == 0:
        try:
            become(user, reads_past_modes)
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
