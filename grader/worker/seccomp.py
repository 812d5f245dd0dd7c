"""A seccomp filter without helpers: no new process, no program, no socket, no other process's business.

The filter is written out as classic BPF (linux/seccomp.h, linux/filter.h), because libseccomp is no
Python package and may be missing, and because two rules need the worker's own pid. What is denied
fails with EPERM, so that an honest mistake ends as a readable PermissionError.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import struct

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2
ALLOW, KILL_PROCESS, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
EPERM, ENOSYS = 1, 38
REFUSE = ERRNO | EPERM
LOAD, EQUAL, AT_LEAST, AND_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
SIZE, NUMBER = 8, struct.Struct("=I")  # of an instruction, and its second half
NO_PROCESS = 0x7FFFFFFF  # larger than any process's number
NUMBER_AT, ARCHITECTURE_AT, ARGUMENT_AT, ARGUMENT_SIZE = 0, 4, 16, 8
CLONE_THREAD, CLONE_VFORK = 0x00010000, 0x00004000
RLIMIT_CPU = 0
# SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU: a worker that is ended or stopped by one was not so by itself.
NOT_TO_ITSELF = (9, 19, 20, 21, 22)
NEWEST_KNOWN = 470  # what comes later is unknown to this list and refused as not implemented

# name: (x86_64, aarch64); -1 where the architecture has no such call.
DENIED = {
    "fork": (57, -1), "vfork": (58, -1), "execve": (59, 221), "execveat": (322, 281),
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206), "recvfrom": (45, 207),
    "sendmsg": (46, 211), "recvmsg": (47, 212), "sendmmsg": (307, 269), "recvmmsg": (299, 243),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "process_madvise": (440, 440), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "shmdt": (67, 197),
    "semget": (64, 190), "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192),
    "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187),
    "mq_open": (240, 180), "mq_unlink": (241, 181),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "memfd_secret": (447, 447),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "swapon": (167, 224), "swapoff": (168, 225),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "fanotify_init": (300, 262),
    "mknod": (133, -1), "mknodat": (259, 33), "quotactl": (179, 60), "acct": (163, 89), "personality": (135, 92),
    "setpriority": (141, 140), "ioprio_set": (251, 30), "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118), "sched_setattr": (314, 274), "sched_setaffinity": (203, 122),
    "migrate_pages": (256, 238), "move_pages": (279, 239), "syslog": (103, 116), "reboot": (169, 142),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "iopl": (172, -1), "ioperm": (173, -1),
    "modify_ldt": (154, -1), "sethostname": (170, 161), "setdomainname": (171, 162),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171), "clock_adjtime": (305, 266),
    "vhangup": (153, 58),
    # Out of the warm process's session and process group, by which a worker is ended.
    "setsid": (112, 157), "setpgid": (109, 154),
    # Landlock knows nothing of modes, owners, dates and attributes: of files of the same user, without a
    # private uid, these would take the grader's own away. Nor of watching folders.
    "chmod": (90, -1), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, -1), "fchown": (93, 55), "lchown": (94, -1), "fchownat": (260, 54),
    "utime": (132, -1), "utimes": (235, -1), "futimesat": (261, -1), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "removexattrat": (466, 466),
    "file_setattr": (469, 469), "inotify_init": (253, -1), "inotify_init1": (294, 26), "inotify_add_watch": (254, 27),
    # Memory beyond the limit on address space, and a full disk faster than anybody looks.
    "memfd_create": (319, 279), "fallocate": (285, 47),
    # A timer could send any signal, a filter of its own end or stop the process: whoever ends by SIGKILL or does not
    # answer is then not known to have been ended by others.
    "timer_create": (222, 107), "seccomp": (317, 277),
    "sync": (162, 81), "syncfs": (306, 267), "quotactl_fd": (443, 443), "cachestat": (451, 451),
    "statmount": (457, 457), "listmount": (458, 458), "open_tree_attr": (467, 467),
}  # fmt: skip
CLONE, CLONE3, SETRLIMIT = (56, 220), (435, 435), (160, 164)
KILL, TGKILL, PRLIMIT = (62, 129), (234, 131), (302, 261)
# name: ((x86_64, aarch64), which argument, its values that are denied)
DENIED_WITH = {
    # PR_SET_PDEATHSIG, PR_SET_DUMPABLE: they die with the warm process; PR_SET_SECCOMP: as above
    "prctl": ((157, 167), 0, (1, 4, 22)),
    # F_SETOWN, F_SETSIG, F_SETOWN_EX: have the kernel send signals; F_SETLEASE, F_NOTIFY: stop or watch whoever opens
    "fcntl": ((72, 25), 1, (8, 10, 15, 1024, 1026)),
    "ioctl": ((16, 29), 1, (0x8901, 0x8902, 0x5412)),  # FIOSETOWN, SIOCSPGRP, and TIOCSTI
}
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_prctl = ctypes.CDLL(None, use_errno=True).prctl


def available() -> bool:
    """Tell whether this machine's system calls are known here and its kernel takes filters."""
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
    rules = ((KILL, _only_own((pid,)) + _no_end(1)), (TGKILL, _only_own((pid,)) + _no_end(2)))
    for call, rule in (*rules, (PRLIMIT, _only_own((0, pid)) + _cpu_limit_stays())):
        before += [_instruction(EQUAL, call[column], 0, len(rule) // SIZE), rule]
    return b"".join([*before, _search(_spans(_rules(column)))])


def _rules(column: int) -> dict[int, bytes]:
    """Return what decides on each call that is not simply allowed, by its number."""
    rules = {numbers[column]: _instruction(RETURN, REFUSE) for numbers in DENIED.values()}
    for numbers, argument, values in DENIED_WITH.values():
        rules[numbers[column]] = _by_argument(argument, values, matches=REFUSE, otherwise=ALLOW)
    rules[SETRLIMIT[column]] = _by_argument(0, (RLIMIT_CPU,), matches=REFUSE, otherwise=ALLOW)
    # glibc falls back from clone3, whose flags a filter cannot see, to clone. Threads are welcome, processes are not.
    rules[CLONE3[column]] = _instruction(RETURN, ERRNO | ENOSYS)
    # Nor a thread that its maker waits for: that looks like waiting for a disk.
    threads = [
        _load(0), _instruction(AND_SET, CLONE_VFORK, 2), _instruction(AND_SET, CLONE_THREAD, 0, 1),
    ]  # fmt: skip
    rules[CLONE[column]] = b"".join([*threads, _instruction(RETURN, ALLOW), _instruction(RETURN, REFUSE)])
    rules.pop(-1, None)
    return rules


def _only_own(own: tuple[int, ...]) -> bytes:
    """Return instructions that refuse a call whose first argument is none of `own`, and else go on behind them."""
    tests = [_instruction(EQUAL, value, len(own) - i) for i, value in enumerate(own)]
    return b"".join([_load(0), *tests, _instruction(RETURN, REFUSE)])


def _no_end(argument: int) -> bytes:
    return _by_argument(argument, NOT_TO_ITSELF, matches=REFUSE, otherwise=ALLOW)


def _cpu_limit_stays() -> bytes:
    """Return instructions for prlimit: all limits may be read and lowered, but that on CPU time, which kills."""
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
    every = [rules.get(number, _instruction(RETURN, ALLOW)) for number in range(NEWEST_KNOWN + 1)]
    every.append(_instruction(RETURN, ERRNO | ENOSYS))
    return [(number, rule) for number, rule in enumerate(every) if number == 0 or rule != every[number - 1]]


def _search(spans: list[tuple[int, bytes]]) -> bytes:
    """Return instructions that find the span of the loaded number by halving.

    To install a filter, the kernel plays it for every number there is: a list would take it half a millisecond.
    """
    if len(spans) == 1:
        return spans[0][1]
    middle = len(spans) // 2
    low, high = _search(spans[:middle]), _search(spans[middle:])
    return _instruction(AT_LEAST, spans[middle][0], len(low) // SIZE) + low + high


class Filter:
    """The filter laid out in memory, but for the number of the process that it will be for."""

    def __init__(self) -> None:
        instructions = program(NO_PROCESS)
        numbers = (at for at in range(SIZE // 2, len(instructions), SIZE))
        self._places = [at for at in numbers if NUMBER.unpack_from(instructions, at) == (NO_PROCESS,)]
        self._buffer = ctypes.create_string_buffer(instructions, len(instructions))
        self._header = struct.pack("HxxxxxxP", len(instructions) // SIZE, ctypes.addressof(self._buffer))

    def install(self, pid: int) -> None:
        """Put it on this process, whose number `pid` is, for good. Raises OSError where the kernel says no."""
        for at in self._places:
            NUMBER.pack_into(self._buffer, at, pid)
        if _prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or _prctl(PR_SET_SECCOMP, MODE_FILTER, self._header, 0, 0):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


@functools.cache
def prepared() -> Filter:
    """Return the filter; what is asked for before a fork need not be laid out after it."""
    return Filter()
