"""The system calls of a worker: which are allowed, which are allowed with some arguments, which are refused.

Calls in no table are answered with ENOSYS, as by a kernel that does not have them, so that libraries use alternatives.
Calls refused by name fail with EPERM, so that an honest mistake leads to a readable PermissionError. Numbers are those
of linux/arch/x86/entry/syscalls/syscall_64.tbl and linux/include/uapi/asm-generic/unistd.h.
"""

from __future__ import annotations

from dataclasses import dataclass

EPERM, ENOTTY, EOPNOTSUPP = 1, 25, 95
Numbers = tuple[int, int]  # x86_64, aarch64; -1 where the architecture has no such call

# Used in right work of all kinds and in the standard library (tests/engine/test_smoke.py), with similar calls.
ALLOWED: dict[str, Numbers] = {
    # files by descriptor
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67),
    "pwrite64": (18, 68), "preadv": (295, 69), "pwritev": (296, 70), "preadv2": (327, 286), "pwritev2": (328, 287),
    "close": (3, 57), "close_range": (436, 436), "lseek": (8, 62), "dup": (32, 23), "dup2": (33, -1),
    "dup3": (292, 24), "ftruncate": (77, 46), "fsync": (74, 82), "fdatasync": (75, 83), "fadvise64": (221, 223),
    "copy_file_range": (326, 285), "getdents": (78, -1), "getdents64": (217, 61), "fstat": (5, 80),
    "fstatfs": (138, 44),
    # files by path, as far as Landlock lets
    "open": (2, -1), "openat": (257, 56), "creat": (85, -1), "stat": (4, -1), "lstat": (6, -1),
    "newfstatat": (262, 79), "statx": (332, 291), "statfs": (137, 43), "access": (21, -1), "faccessat": (269, 48),
    "faccessat2": (439, 439), "readlink": (89, -1), "readlinkat": (267, 78), "truncate": (76, 45),
    "mkdir": (83, -1), "mkdirat": (258, 34), "rmdir": (84, -1), "unlink": (87, -1), "unlinkat": (263, 35),
    "rename": (82, -1), "renameat": (264, 38), "renameat2": (316, 276), "link": (86, -1), "linkat": (265, 37),
    "symlink": (88, -1), "symlinkat": (266, 36), "chdir": (80, 49), "fchdir": (81, 50), "getcwd": (79, 17),
    "umask": (95, 166),
    # memory
    "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "brk": (12, 214), "msync": (26, 227),
    "membarrier": (324, 283),
    # waiting
    "pipe": (22, -1), "pipe2": (293, 59), "select": (23, -1), "pselect6": (270, 72), "poll": (7, -1),
    "ppoll": (271, 73), "epoll_create": (213, -1), "epoll_create1": (291, 20), "epoll_ctl": (233, 21),
    "epoll_wait": (232, -1), "epoll_pwait": (281, 22), "epoll_pwait2": (441, 441), "eventfd": (284, -1),
    "eventfd2": (290, 19), "futex": (202, 98), "nanosleep": (35, 101), "clock_nanosleep": (230, 115),
    "pause": (34, -1), "wait4": (61, 260), "waitid": (247, 95),
    # the ends of a pair of sockets, see SOCKETPAIR
    "shutdown": (48, 210), "getsockname": (51, 204), "getpeername": (52, 205),
    # time
    "time": (201, -1), "gettimeofday": (96, 169), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "times": (100, 153), "alarm": (37, -1), "getitimer": (36, 102), "setitimer": (38, 103),
    # signals
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136),
    "rt_sigsuspend": (130, 133), "rt_sigtimedwait": (128, 137), "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    # threads and their end
    "set_robust_list": (273, 99), "rseq": (334, 293), "set_tid_address": (218, 96), "exit": (60, 93),
    "exit_group": (231, 94), "sched_yield": (24, 124),
    # what one asks of oneself
    "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178), "getpgrp": (111, -1), "getpgid": (121, 155),
    "getsid": (124, 156), "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177),
    "getresuid": (118, 148), "getresgid": (120, 150), "getgroups": (115, 158), "capget": (125, 90),
    "getcpu": (309, 168), "getrlimit": (97, 163), "getrusage": (98, 165), "getpriority": (140, 141),
    "sched_getaffinity": (204, 123), "sched_getscheduler": (145, 120), "sched_getparam": (143, 121),
    "sched_get_priority_max": (146, 125), "sched_get_priority_min": (147, 126), "sysinfo": (99, 179),
    "uname": (63, 160), "getrandom": (318, 278),
}  # fmt: skip

DENIED: dict[str, Numbers] = {
    # other processes and programs
    "fork": (57, -1), "vfork": (58, -1), "execve": (59, 221), "execveat": (322, 281),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "get_robust_list": (274, 100),
    # Out of the warm process's session and process group, by which a worker is ended.
    "setsid": (112, 157), "setpgid": (109, 154),
    # another user
    "setuid": (105, 146), "setgid": (106, 144), "setreuid": (113, 145), "setregid": (114, 143),
    "setresuid": (117, 147), "setresgid": (119, 149), "setfsuid": (122, 151), "setfsgid": (123, 152),
    "setgroups": (116, 159), "capset": (126, 91),
    # the network, and what goes by messages
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendmsg": (46, 211), "recvmsg": (47, 212),
    "sendmmsg": (307, 269), "recvmmsg": (299, 243), "setsockopt": (54, 208),
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "shmdt": (67, 197),
    "semget": (64, 190), "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192),
    "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187),
    "mq_open": (240, 180), "mq_unlink": (241, 181), "mq_timedsend": (242, 182), "mq_timedreceive": (243, 183),
    "mq_notify": (244, 184), "mq_getsetattr": (245, 185),
    # Landlock does not control modes, owners, dates, attributes and locks: without a private uid, these calls could
    # change the grader's own files. Nor does it control watching folders.
    "chmod": (90, -1), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, -1), "fchown": (93, 55), "lchown": (94, -1), "fchownat": (260, 54),
    "utime": (132, -1), "utimes": (235, -1), "futimesat": (261, -1), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "removexattrat": (466, 466),
    "file_setattr": (469, 469), "flock": (73, 32),
    "inotify_init": (253, -1), "inotify_init1": (294, 26), "inotify_add_watch": (254, 27),
    "fanotify_init": (300, 262), "fanotify_mark": (301, 263),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "mknod": (133, -1), "mknodat": (259, 33),
    # Memory beyond the limit on address space or that cannot be paged out, and ways to fill a disk before anybody
    # looks.
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "fallocate": (285, 47),
    "mlock": (149, 228), "mlock2": (325, 284), "mlockall": (151, 230),
    "sync": (162, 81), "syncfs": (306, 267), "quotactl": (179, 60), "quotactl_fd": (443, 443), "cachestat": (451, 451),
    # A timer could send any signal, and a filter of its own could end or stop the process: then a SIGKILL or a missing
    # answer would no longer prove that others ended it.
    "timer_create": (222, 107), "seccomp": (317, 277),
    # much of the kernel for little use
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "io_setup": (206, 0), "io_submit": (209, 2), "vmsplice": (278, 75), "splice": (275, 76), "tee": (276, 77),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # what there is of files, and where
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "swapon": (167, 224), "swapoff": (168, 225),
    "statmount": (457, 457), "listmount": (458, 458), "open_tree_attr": (467, 467),
    # the machine
    "acct": (163, 89), "personality": (135, 92), "syslog": (103, 116), "reboot": (169, 142), "vhangup": (153, 58),
    "setpriority": (141, 140), "ioprio_set": (251, 30), "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118), "sched_setattr": (314, 274), "sched_setaffinity": (203, 122),
    "migrate_pages": (256, 238), "move_pages": (279, 239),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "iopl": (172, -1), "ioperm": (173, -1),
    "modify_ldt": (154, -1), "sethostname": (170, 161), "setdomainname": (171, 162),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171), "clock_adjtime": (305, 266),
}  # fmt: skip

# Answered with another error, which callers expect if something is unavailable: `shutil.copy2` asks for attributes.
ANSWERED: dict[str, tuple[Numbers, int]] = {
    "getxattr": ((191, 8), EOPNOTSUPP), "lgetxattr": ((192, 9), EOPNOTSUPP), "fgetxattr": ((193, 10), EOPNOTSUPP),
    "listxattr": ((194, 11), EOPNOTSUPP), "llistxattr": ((195, 12), EOPNOTSUPP), "flistxattr": ((196, 13), EOPNOTSUPP),
}  # fmt: skip

CLONE, CLONE3, SETRLIMIT = (56, 220), (435, 435), (160, 164)
KILL, TGKILL, PRLIMIT = (62, 129), (234, 131), (302, 261)
SENDTO, RECVFROM, MMAP = (44, 206), (45, 207), (9, 222)
MAP_HUGETLB, MSG_OOB = 0x40000, 1
NEWEST_KNOWN = 470


@dataclass(frozen=True)
class Command:
    """A call that is decided by the lower half of one argument: `allowed` values pass, others get `error`."""

    numbers: Numbers
    argument: int
    allowed: tuple[int, ...]
    error: int = EPERM


COMMANDS: dict[str, Command] = {
    # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW,
    # F_DUPFD_CLOEXEC, F_GETPIPE_SZ. Not those that have the kernel send signals, nor leases, which stop whoever opens
    # the file.
    "fcntl": Command((72, 25), 1, (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)),
    # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX. What no file here knows is answered as such a file does.
    "ioctl": Command((16, 29), 1, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451), ENOTTY),
    # PR_GET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_GET_SECCOMP, PR_CAPBSET_READ, PR_GET_TIMERSLACK,
    # PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_SVE_GET_VL, PR_SME_GET_VL, PR_SET_VMA
    "prctl": Command((157, 167), 0, (2, 3, 15, 16, 21, 23, 30, 38, 39, 51, 64, 0x53564D41)),
    # ARCH_GET_XCOMP_SUPP, _GET_XCOMP_PERM, _REQ_XCOMP_PERM: the processor's units for matrices, as torch asks for them
    "arch_prctl": Command((158, -1), 0, (0x1021, 0x1022, 0x1023)),
    # MADV_NORMAL to MADV_DONTNEED, MADV_FREE, _REMOVE, _DONTFORK, _DOFORK, _HUGEPAGE, _NOHUGEPAGE, _DONTDUMP, _DODUMP,
    # _COLD, _PAGEOUT, _POPULATE_READ, _POPULATE_WRITE. Not MADV_MERGEABLE, by which one learns of others' memory.
    "madvise": Command((28, 233), 2, (0, 1, 2, 3, 4, 8, 9, 10, 11, 14, 15, 16, 17, 20, 21, 22, 23)),
}  # fmt: skip
# AF_UNIX and SOCK_STREAM, with SOCK_CLOEXEC and SOCK_NONBLOCK or without: the pair by which asyncio wakes itself up.
SOCKETPAIR, AF_UNIX, PAIRS = (53, 199), 1, (1, 0x80001, 0x801, 0x80801)
