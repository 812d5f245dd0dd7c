"""A seccomp filter without a library: the calls that student code needs, and no others.

The filter is written as classic BPF (linux/seccomp.h, linux/filter.h), because libseccomp is not a Python package and
may be missing, and because two rules need the worker's own pid. `calls` defines what is allowed and what is refused,
and how.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import struct

from . import calls

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2
ALLOW, KILL_PROCESS, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
ENOSYS = 38
REFUSE, ABSENT = ERRNO | calls.EPERM, ERRNO | ENOSYS
LOAD, EQUAL, AT_LEAST, AND_SET, JUMP, RETURN = 0x20, 0x15, 0x35, 0x45, 0x05, 0x06
FARTHEST = 255  # instructions that a test can skip; a jump can skip any number
SIZE, NUMBER = 8, struct.Struct("=I")  # of an instruction, and its second half
NO_PROCESS = 0x7FFFFFFF  # larger than any process number
NUMBER_AT, ARCHITECTURE_AT, ARGUMENT_AT, ARGUMENT_SIZE = 0, 4, 16, 8
CLONE_THREAD, CLONE_VFORK = 0x00010000, 0x00004000
RLIMIT_CPU = 0
# SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU: a worker must not be able to end or stop itself with one.
NOT_TO_ITSELF = (9, 19, 20, 21, 22)
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_prctl = ctypes.CDLL(None, use_errno=True).prctl


def available() -> bool:
    """Return whether this machine's system calls are known here and its kernel accepts filters."""
    # Probing with a null filter: a kernel that knows the mode answers EFAULT and changes nothing.
    if platform.machine() not in ARCHITECTURES:
        return False
    _prctl(PR_SET_SECCOMP, MODE_FILTER, None, 0, 0)
    return ctypes.get_errno() == 14


def _instruction(code: int, k: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, k)


def program(pid: int) -> bytes:
    """Return the filter for the process `pid` as BPF instructions."""
    column, architecture = ARCHITECTURES[platform.machine()]
    before = [
        _instruction(LOAD, ARCHITECTURE_AT), _instruction(EQUAL, architecture, 1), _instruction(RETURN, KILL_PROCESS),
        _instruction(LOAD, NUMBER_AT),
    ]  # fmt: skip
    rules = ((calls.KILL, _only_own((pid,)) + _no_end(1)), (calls.TGKILL, _only_own((pid,)) + _no_end(2)))
    for call, rule in (*rules, (calls.PRLIMIT, _only_own((0, pid)) + _cpu_limit_stays())):
        before += [_instruction(EQUAL, call[column], 0, len(rule) // SIZE), rule]
    return b"".join([*before, _search(_spans(_rules(column)))])


def _rules(column: int) -> dict[int, bytes]:
    """Return the decision on each system call that a worker may need, by its number."""
    rules = {numbers[column]: _instruction(RETURN, ALLOW) for numbers in calls.ALLOWED.values()}
    rules |= {numbers[column]: _instruction(RETURN, REFUSE) for numbers in calls.DENIED.values()}
    rules |= {numbers[column]: _instruction(RETURN, ERRNO | error) for numbers, error in calls.ANSWERED.values()}
    for of in calls.COMMANDS.values():
        rule = _by_argument(of.argument, of.allowed, matches=ALLOW, otherwise=ERRNO | of.error)
        rules[of.numbers[column]] = rule
    rules[calls.SETRLIMIT[column]] = _by_argument(0, (RLIMIT_CPU,), matches=REFUSE, otherwise=ALLOW)
    # glibc falls back from clone3, whose flags a filter cannot see, to clone. Threads are allowed, processes are not.
    rules[calls.CLONE3[column]] = _instruction(RETURN, ABSENT)
    # Nor a thread for which its creator waits: that looks like waiting for a disk.
    threads = [
        _load(0), _instruction(AND_SET, CLONE_VFORK, 2), _instruction(AND_SET, CLONE_THREAD, 0, 1),
    ]  # fmt: skip
    rules[calls.CLONE[column]] = b"".join([*threads, _instruction(RETURN, ALLOW), _instruction(RETURN, REFUSE)])
    # Huge pages come out of the machine's supply, outside all limits.
    rules[calls.MMAP[column]] = _without_flag(3, calls.MAP_HUGETLB) + _instruction(RETURN, ALLOW)
    # Out-of-band data is a part of the kernel that nobody uses and that had bugs (CVE-2025-38236).
    in_band = _without_flag(3, calls.MSG_OOB)
    rules[calls.SOCKETPAIR[column]] = _pair_within()
    rules[calls.SENDTO[column]] = in_band + _to_nobody_by_name()
    rules[calls.RECVFROM[column]] = in_band + _instruction(RETURN, ALLOW)
    rules.pop(-1, None)
    return rules


def _without_flag(argument: int, flag: int) -> bytes:
    """Return instructions that refuse a call with a flag, and otherwise continue after them."""
    return b"".join([_load(argument), _instruction(AND_SET, flag, 0, 1), _instruction(RETURN, REFUSE)])


def _pair_within() -> bytes:
    """Return instructions that allow a pair of connected sockets, which reach nobody else."""
    within = [_load(0), _instruction(EQUAL, calls.AF_UNIX, 1), _instruction(RETURN, REFUSE)]
    return b"".join([*within, _by_argument(1, calls.PAIRS, matches=ALLOW, otherwise=REFUSE)])


def _to_nobody_by_name() -> bytes:
    """Return instructions that allow sending only where a socket is connected, and refuse any address."""
    return b"".join([
        _load(4), _instruction(EQUAL, 0, 0, 3), _load(4, half=4), _instruction(EQUAL, 0, 0, 1),
        _instruction(RETURN, ALLOW), _instruction(RETURN, REFUSE),
    ])  # fmt: skip


def _only_own(own: tuple[int, ...]) -> bytes:
    """Return instructions that refuse a call whose first argument is not in `own`, and else continue after them."""
    tests = [_instruction(EQUAL, value, len(own) - i) for i, value in enumerate(own)]
    return b"".join([_load(0), *tests, _instruction(RETURN, REFUSE)])


def _no_end(argument: int) -> bytes:
    return _by_argument(argument, NOT_TO_ITSELF, matches=REFUSE, otherwise=ALLOW)


def _cpu_limit_stays() -> bytes:
    """Return instructions for prlimit: all limits may be read and lowered, except that on CPU time, which kills."""
    new_limit = (_load(2), _load(2, half=4))
    return b"".join([
        _load(1), _instruction(EQUAL, RLIMIT_CPU, 0, 4),
        new_limit[0], _instruction(EQUAL, 0, 0, 3), new_limit[1], _instruction(EQUAL, 0, 0, 1),
        _instruction(RETURN, ALLOW), _instruction(RETURN, REFUSE),
    ])  # fmt: skip


def _load(argument: int, half: int = 0) -> bytes:
    return _instruction(LOAD, ARGUMENT_AT + argument * ARGUMENT_SIZE + half)


def _by_argument(argument: int, values: tuple[int, ...], *, matches: int, otherwise: int) -> bytes:
    """Return instructions that decide a call by whether one of its arguments is among `values`."""
    tests = [_instruction(EQUAL, value, len(values) - i) for i, value in enumerate(values)]
    return b"".join([_load(argument), *tests, _instruction(RETURN, otherwise), _instruction(RETURN, matches)])


def _spans(rules: dict[int, bytes]) -> list[tuple[int, bytes]]:
    """Return rules for all numbers, each with the first number that it is for; the next one ends it."""
    absent = _instruction(RETURN, ABSENT)
    every = [rules.get(number, absent) for number in range(calls.NEWEST_KNOWN + 2)]
    return [(number, rule) for number, rule in enumerate(every) if number == 0 or rule != every[number - 1]]


def _search(spans: list[tuple[int, bytes]]) -> bytes:
    """Return instructions that find the span of the loaded number by bisection.

    When a filter is installed, the kernel simulates it for every number: a linear search would take half a millisecond.
    """
    if len(spans) == 1:
        return spans[0][1]
    middle = len(spans) // 2
    low, high = _search(spans[:middle]), _search(spans[middle:])
    first, skipped = spans[middle][0], len(low) // SIZE
    if skipped <= FARTHEST:
        return _instruction(AT_LEAST, first, skipped) + low + high
    return _instruction(AT_LEAST, first, 0, 1) + _instruction(JUMP, skipped) + low + high


class Filter:
    """The filter laid out in memory, except the number of the process for which it will be."""

    def __init__(self) -> None:
        instructions = program(NO_PROCESS)
        numbers = (at for at in range(SIZE // 2, len(instructions), SIZE))
        self._places = [at for at in numbers if NUMBER.unpack_from(instructions, at) == (NO_PROCESS,)]
        self._buffer = ctypes.create_string_buffer(instructions, len(instructions))
        self._header = struct.pack("HxxxxxxP", len(instructions) // SIZE, ctypes.addressof(self._buffer))

    def install(self, pid: int) -> None:
        """Install it in this process, with the number `pid`, permanently. Raises OSError if the kernel refuses."""
        for at in self._places:
            NUMBER.pack_into(self._buffer, at, pid)
        if _prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or _prctl(PR_SET_SECCOMP, MODE_FILTER, self._header, 0, 0):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


@functools.cache
def prepared() -> Filter:
    """Return the filter; it need not be laid out after a fork if it was requested before."""
    return Filter()
