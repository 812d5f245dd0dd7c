"""A hostile submission, one attack a function, and a program that puts each into a worker of its own.

``python jail_attacks.py ISOLATION [LANDLOCK]`` prints, as JSON, how each attack ended; with a second argument, under no
newer version of Landlock, only those on files. Standard input holds the path of a file that is none of the worker's.
An attack that returns has succeeded, unless it returns words that say what bounded it.
"""

import ctypes
import errno
import fcntl
import glob
import json
import mmap
import os
import resource
import signal
import socket
import struct
import sys
import threading

import numpy

LIBC = ctypes.CDLL(None, use_errno=True)
X86 = os.uname().machine == "x86_64"
MEBI = 1 << 20
KEPT = []


def attack(title, *, files=False):
    """Say what a function attacks, and whether that is files."""

    def entitle(function):
        function.title, function.files = title, files
        return function

    return entitle


def call(x86, arm, *arguments):
    """Make a system call; raise OSError where it fails."""
    padded = [a if isinstance(a, ctypes.Array) else ctypes.c_long(a) for a in (*arguments, *[0] * 6)[:6]]
    result = LIBC.syscall(ctypes.c_long(x86 if X86 else arm), *padded)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def tell(words):
    """Return the outcome of an attack that was let do something, within bounds."""
    return f"bounded: {words}"


# Files that a worker may read, of the same user where the worker has none of its own.
READABLE = {"its own submission": __file__, "a package": numpy.__file__, "the standard library": json.__file__}


@attack("empty what may be read: truncate", files=True)
def truncate(outside):
    os.truncate(__file__, 0)


@attack("empty what may be read: open with O_TRUNC", files=True)
def open_to_empty(outside):
    size = os.stat(__file__).st_size
    os.close(os.open(__file__, os.O_RDONLY | os.O_TRUNC))
    if os.stat(__file__).st_size == size:
        raise PermissionError(errno.EACCES, "it is as it was")


@attack("write over what may be read", files=True)
def write_over(outside):
    done = []
    for path in READABLE.values():
        try:
            os.close(os.open(path, os.O_WRONLY))
            done.append(path)
        except OSError as error:
            last = error
    if not done:
        raise last


@attack("remove, rename or replace what may be read", files=True)
def remove(outside):
    for act in (lambda: os.unlink(__file__), lambda: os.rename(__file__, "mine"), lambda: os.link(__file__, "mine")):
        try:
            act()
            return
        except OSError as error:
            last = error
    raise last


@attack("read a file outside", files=True)
def read_outside(outside):
    open(outside).close()


@attack("read by a symbolic link in its own folder", files=True)
def read_by_link(outside):
    os.symlink(outside, "link")
    open("link").close()


@attack("read through a hard link", files=True)
def read_by_hard_link(outside):
    os.link(outside, "linked")


@attack("read by a path that climbs out of its own folder", files=True)
def read_by_climbing(outside):
    open(os.path.join(os.getcwd(), *[".."] * 20, outside.lstrip("/"))).close()


@attack("list a folder outside", files=True)
def list_outside(outside):
    os.listdir(os.path.dirname(outside))


@attack("list and read processes in /proc", files=True)
def read_proc(outside):
    for path in ("/proc/self/maps", f"/proc/{os.getppid()}/environ", "/proc/self/mem", "/proc/self/fd"):
        try:
            (os.listdir if path.endswith("fd") else open)(path)
            return
        except OSError as error:
            last = error
    raise last


@attack("make a device", files=True)
def make_device(outside):
    os.mknod("device", 0o20666, os.makedev(1, 1))


@attack("make a pipe or a socket with a name", files=True)
def make_pipe(outside):
    os.mkfifo("pipe")


@attack("open by a handle")
def open_by_handle(outside):
    call(304, 265, -100, ctypes.create_string_buffer(64), 0)


@attack("lease on a file that others open", files=True)
def lease(outside):
    with open(numpy.__file__) as file:
        fcntl.fcntl(file, 1024, fcntl.F_RDLCK)


@attack("lock a file that others open (flock)", files=True)
def lock(outside):
    with open(numpy.__file__) as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@attack("watch a folder (F_NOTIFY)", files=True)
def notify(outside):
    folder = os.open(os.path.dirname(numpy.__file__), os.O_RDONLY)
    fcntl.fcntl(folder, 1026, 2)


@attack("watch a folder (inotify, fanotify)")
def inotify(outside):
    call(294, 26, 0)


@attack("attributes of a file (FS_IOC_SETFLAGS)", files=True)
def flags(outside):
    with open(__file__) as file:
        fcntl.ioctl(file, 0x40086602, struct.pack("l", 0x10))


@attack("project and attributes of a file (FS_IOC_FSSETXATTR)", files=True)
def project(outside):
    with open(__file__) as file:
        fcntl.ioctl(file, 0x401C5820, bytes(28))


@attack("extended attributes", files=True)
def xattr(outside):
    os.setxattr(__file__, "user.x", b"x")


@attack("mode, owner and date of a file", files=True)
def mode(outside):
    for act in (lambda: os.chmod(__file__, 0), lambda: os.utime(__file__, (0, 0)), lambda: os.chown(__file__, 0, 0)):
        try:
            act()
            return
        except OSError as error:
            last = error
    raise last


@attack("fill the disk: fallocate")
def allocate(outside):
    with open("large", "wb") as file:
        os.posix_fallocate(file.fileno(), 0, 1 << 30)


@attack("fill the disk: one large file")
def large_file(outside):
    with open("large", "wb") as file:
        os.ftruncate(file.fileno(), 1 << 30)


@attack("fill the disk: many files")
def many_bytes(outside):
    for number in range(1_000):
        try:
            with open(f"part{number}", "wb") as file:
                file.write(bytes(8 * MEBI))
        except OSError as error:
            KEPT.append(error)
            break
    size = sum(os.stat(path).st_size for path in glob.glob("part*"))
    return tell("at most 64 MiB") if size <= 64 * MEBI and KEPT[-1].errno == errno.ENOSPC else None


@attack("fill the disk: empty files without end")
def many_files(outside):
    number = 0
    while True:
        try:
            os.mkdir(f"folder{number}")
            number += 1
        except OSError:
            threading.Event().wait(0.2)


@attack("copy without copying (FICLONE)")
def clone(outside):
    with open(numpy.__file__) as file, open("copy", "wb") as copy:
        fcntl.ioctl(copy, 0x40049409, file.fileno())


@attack("pending signals without end")
def pending(outside):
    number, kept = signal.SIGRTMIN, 0
    signal.pthread_sigmask(signal.SIG_BLOCK, [number])
    for _ in range(10_000):
        os.kill(os.getpid(), number)
    while signal.sigtimedwait([number], 0):
        kept += 1
    return tell("64") if 0 < kept <= 65 else None


@attack("timers that send signals (timer_create)")
def timer(outside):
    call(222, 107, 1, 0, ctypes.create_string_buffer(8))


@attack("timers as descriptors")
def timer_descriptor(outside):
    call(283, 85, 1, 0)


@attack("io_uring")
def uring(outside):
    call(425, 425, 8, ctypes.create_string_buffer(120))


@attack("userfaultfd")
def userfault(outside):
    call(323, 282, 1)


@attack("keys of the kernel's keyring")
def keys(outside):
    try:
        call(250, 219, 0, -3, 1)
    except OSError:
        call(248, 217, ctypes.create_string_buffer(b"user\0"), ctypes.create_string_buffer(b"a\0"), 0, 0, -3)


@attack("trace the parent (ptrace)")
def trace(outside):
    call(101, 117, 16, os.getppid())


@attack("be traced (PTRACE_TRACEME)")
def traced(outside):
    call(101, 117, 0)


@attack("read and write the parent's memory")
def parents_memory(outside):
    try:
        call(310, 270, os.getppid(), ctypes.create_string_buffer(16), 1, ctypes.create_string_buffer(16), 1)
    except OSError:
        call(311, 271, os.getppid(), ctypes.create_string_buffer(16), 1, ctypes.create_string_buffer(16), 1)


@attack("take the parent's descriptors (pidfd_getfd)")
def parents_descriptors(outside):
    call(438, 438, call(434, 434, os.getppid(), 0), 0, 0)


@attack("a program without a file (memfd_create, execveat)")
def program_in_memory(outside):
    call(319, 279, ctypes.create_string_buffer(b"x\0"), 0)


@attack("start a program")
def execute(outside):
    os.execv(sys.executable, [sys.executable, "-c", "pass"])


@attack("abstract sockets")
def abstract_socket(outside):
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("\0gradproof-attack")


@attack("a datagram to an abstract socket from a pair")
def pair_to_others(outside):
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.sendto(b"x", "\0gradproof-attack")


@attack("bytes out of band between its own sockets")
def out_of_band(outside):
    one, other = socket.socketpair()
    try:
        one.send(b"x", socket.MSG_OOB)
    except OSError:
        other.recv(1, socket.MSG_OOB)


@attack("the network: IPv4, IPv6, netlink, vsock")
def network(outside):
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, 40):
        try:
            socket.socket(family, socket.SOCK_DGRAM).close()
            return
        except OSError as error:
            last = error
    raise last


@attack("hand descriptors to the grader (SCM_RIGHTS)")
def hand_over(outside):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, os.dup(3)) as channel:
        channel.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", 0))])


@attack("fork without end")
def fork_bomb(outside):
    for act in (lambda: call(435, 435, ctypes.create_string_buffer(88), 88), os.fork, lambda: call(56, 220, 0x4111)):
        try:
            if act() == 0:
                os._exit(0)
            return
        except OSError as error:
            last = error
    raise last


@attack("threads without end")
def thread_bomb(outside):
    threading.stack_size(1 << 16)
    started = 0
    try:
        while started < 10_000:
            threading.Thread(target=threading.Event().wait, daemon=True).start()
            started += 1
    except RuntimeError:
        pass
    while started > 32:
        threading.Event().wait(0.2)  # for whoever counts from outside
    return tell("32 threads")


@attack("memory without end")
def memory(outside):
    size = 0
    try:
        while size < 1 << 40:
            KEPT.append(mmap.mmap(-1, 256 * MEBI))
            size += 256 * MEBI
    except OSError:
        return tell("1 GiB") if size <= 1 << 30 else None


@attack("descriptors without end")
def many_descriptors(outside):
    try:
        while True:
            KEPT.append(os.dup(0))
    except OSError:
        return tell("64 open files") if len(KEPT) < 64 else None


@attack("the list of another's robust futexes")
def robust_list(outside):
    call(274, 100, os.getppid(), ctypes.create_string_buffer(8), ctypes.create_string_buffer(8))


@attack("raise a limit")
def raise_limit(outside):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard + 1))


@attack("end by a limit on CPU time of its own")
def own_cpu_limit(outside):
    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))


@attack("a limit of another process")
def others_limit(outside):
    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)


@attack("be looked into, outlive the parent (prctl)")
def control(outside):
    if LIBC.prctl(4, 1, 0, 0, 0) and LIBC.prctl(1, 0, 0, 0, 0):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


@attack("a filter of its own")
def own_filter(outside):
    call(317, 277, 1, 0, 0)


@attack("personality")
def personality(outside):
    call(135, 92, 0x0040000)


@attack("shared memory, semaphores, messages of System V")
def system_v(outside):
    for numbers in ((29, 194), (64, 190), (68, 186)):
        try:
            call(*numbers, 0, 1, 0o1600)
            return
        except OSError as error:
            last = error
    raise last


@attack("message queues of POSIX")
def message_queue(outside):
    call(240, 180, ctypes.create_string_buffer(b"gradproof\0"), os.O_CREAT | os.O_RDWR, 0o600, 0)


@attack("shared memory of POSIX", files=True)
def shared_memory(outside):
    open("/dev/shm/gradproof-attack", "w").close()


@attack("real-time scheduling")
def real_time(outside):
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))


@attack("a higher priority")
def priority(outside):
    os.setpriority(os.PRIO_PROCESS, 0, -5)


@attack("another CPU")
def affinity(outside):
    os.sched_setaffinity(0, range(os.cpu_count()))


@attack("a higher priority at the disk")
def disk_priority(outside):
    call(251, 30, 1, 0, 1 << 13)


@attack("memory that cannot be paged out")
def locked_memory(outside):
    call(151, 230, 1)


@attack("huge pages")
def huge_pages(outside):
    mmap.mmap(-1, 2 * MEBI, flags=0x40022)


@attack("learn of others' memory by merging pages")
def merged_pages(outside):
    mmap.mmap(-1, MEBI).madvise(12)


@attack("pages into pipes (vmsplice, splice, tee)")
def splice(outside):
    call(278, 75, os.pipe()[1], ctypes.create_string_buffer(16), 1, 0)


@attack("set the clock")
def set_clock(outside):
    call(227, 112, 0, ctypes.create_string_buffer(16))


@attack("namespaces of its own")
def namespaces(outside):
    call(272, 97, 0x10000000)


@attack("mount, chroot")
def mount(outside):
    try:
        os.chroot(".")
    except OSError:
        call(165, 40, 0, ctypes.create_string_buffer(b"/tmp\0"), ctypes.create_string_buffer(b"tmpfs\0"), 0, 0)


@attack("programs in the kernel (bpf), performance counters")
def in_kernel(outside):
    for numbers in ((321, 280), (298, 241)):
        try:
            call(*numbers, 0, ctypes.create_string_buffer(128), 128, -1, 0)
            return
        except OSError as error:
            last = error
    raise last


@attack("the kernel's messages")
def kernel_messages(outside):
    call(103, 116, 10)


@attack("leave session and process group")
def session(outside):
    try:
        os.setsid()
    except OSError:
        os.setpgid(0, 0)


@attack("become another user")
def another_user(outside):
    os.setresuid(os.getuid(), os.getuid(), os.getuid())


@attack("signal parent, group, everybody")
def signal_others(outside):
    for process in (os.getppid(), 0, -1):
        try:
            os.kill(process, 0)
            return
        except OSError as error:
            last = error
    raise last


@attack("signals with a message to others")
def queue_signal(outside):
    call(129, 138, os.getppid(), 10, ctypes.create_string_buffer(128))


@attack("end by SIGKILL as if from outside")
def kill_itself(outside):
    os.kill(os.getpid(), signal.SIGKILL)


@attack("stop itself")
def stop_itself(outside):
    os.kill(os.getpid(), signal.SIGSTOP)


@attack("signals by the kernel to others (F_SETOWN)")
def own_signals(outside):
    fcntl.fcntl(0, 8, os.getppid())


@attack("calls of the 32-bit table (int 0x80)")
def old_calls(outside):
    if not X86:
        raise OSError(errno.ENOSYS, "no such table here")
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")  # mov eax, 20 (getpid); int 0x80; ret
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


@attack("calls of the x32 table")
def x32_calls(outside):
    call(0x40000000 + 39, 0x40000000 + 39)


@attack("a core file")
def dump_core(outside):
    if resource.getrlimit(resource.RLIMIT_CORE) != (0, 0):
        return
    os.abort()


EVERY = (
    truncate, open_to_empty, write_over, remove, read_outside, read_by_link, read_by_hard_link, read_by_climbing,
    list_outside, read_proc, make_device, make_pipe, open_by_handle, lease, lock, notify, inotify, flags, project,
    xattr, mode, allocate, large_file, many_bytes, many_files, clone, pending, timer, timer_descriptor, uring,
    userfault, keys, trace, traced, parents_memory, parents_descriptors, program_in_memory, execute,
    abstract_socket, pair_to_others, out_of_band, network, hand_over, fork_bomb, thread_bomb, memory, many_descriptors,
    robust_list, raise_limit, own_cpu_limit, others_limit, control, own_filter, personality, system_v,
    message_queue, shared_memory, real_time, priority, affinity, disk_priority, locked_memory, huge_pages,
    merged_pages, splice, set_clock, namespaces, mount, in_kernel, kernel_messages, session, another_user,
    signal_others, queue_signal, kill_itself, stop_itself, own_signals, old_calls, x32_calls, dump_core,
)  # fmt: skip
ATTACKS = {function.title: function for function in EVERY}


def tried(title, outside):
    """Try one attack; return how it was refused or bounded, '' if it succeeded."""
    os.chdir(os.environ["HOME"])
    try:
        return ATTACKS[title](outside) or ""
    except OSError as error:
        return errno.errorcode.get(error.errno, type(error).__name__)
    except ValueError as error:  # which is how a limit cannot be raised
        return str(error) and "EPERM"


def titles():
    """Return the names of all attacks, and of those on files."""
    return [list(ATTACKS), [title for title, function in ATTACKS.items() if function.files]]


def main(isolation, abi=""):
    """Try each attack in a fresh worker of the given isolation and print how it ended."""
    from pathlib import Path

    from grader.checks.asking.channel import StudentStopped
    from grader.core.errors import GraderFault
    from grader.course.question_spec import QuestionSpec
    from grader.intake.stage import stage
    from grader.sandbox.limits import Budget, Limits
    from grader.sandbox.sandbox import Jail
    from grader.worker.confine import landlock

    if abi:
        landlock.version = lambda: int(abi)
    outside, ended = json.load(sys.stdin), {}
    with Jail(isolation) as jail:
        stage(Path(__file__), jail.staging)
        before = (jail.staging / "jail_attacks.py").read_bytes()
        budget = Budget(600, 600)
        question = jail.open(
            ("jail_attacks.py",), QuestionSpec("jail_attacks", ("tried", "titles"), ("numpy",)), Limits(), budget
        )

        def ask(name, *arguments):
            return question.call((name,), arguments, {}, keep_arguments=False).result

        try:
            every, on_files = ask("titles")
        except BaseException as error:
            if not isinstance(error.__cause__, GraderFault):
                raise
            json.dump({"no worker": error.__cause__.found}, sys.stdout)
            return
        for title in on_files if abi else every:
            question.close()
            try:
                ended[title] = ask("tried", title, outside)
            except StudentStopped as stopped:
                ended[title] = f"ended: {stopped.outcome}"
        question.close()
        ended["its submission is as it was"] = str((jail.staging / "jail_attacks.py").read_bytes() == before)
    json.dump(ended, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
