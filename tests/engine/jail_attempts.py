"""A hostile submission that tries what a worker must not do, and a program that puts it into a jail.

As a submission: `attempts` and `facts`. As a program, ``python jail_attempts.py ISOLATION`` prints what
they return, as JSON; its standard input holds the paths and the numbers of system calls to try.
"""

import ctypes
import glob
import importlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading

LIBC = ctypes.CDLL(None, use_errno=True)
ALLOWED_MODULES = ("numpy", "msgpack", "json", "sqlite3")
KEPT = []
FORBIDDEN_MODULES = ("pytest", "_pytest", "hypothesis", "grader", "yaml", "pydantic", "pip", "setuptools", "rich")


def syscall(number, *arguments):
    """Make a system call; raise OSError where it fails."""
    padded = [ctypes.c_long(a) for a in (*arguments, 0, 0, 0, 0, 0, 0)[:6]]
    if LIBC.syscall(ctypes.c_long(number), *padded) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def write(path):
    """Write a new file beside or over `path`."""
    with open(path, "a") as file:
        file.write("x")


def connect(family, address):
    """Reach somebody else."""
    with socket.socket(family) as connection:
        connection.settimeout(1)
        connection.connect(address)


def raise_limit(which):
    """Take back a resource limit."""
    soft, hard = resource.getrlimit(which)
    resource.setrlimit(which, (soft, hard + 1))


def elsewhere(paths):
    """Return what may be tried of paths outside: all are refused."""
    for path in paths:
        yield f"open {path}", lambda path=path: open(path).close()
        yield f"list {path}", lambda path=path: os.listdir(path)
        yield f"list the folder of {path}", lambda path=path: os.listdir(os.path.dirname(path))
        yield f"write {path}", lambda path=path: write(path)
        yield f"write beside {path}", lambda path=path: write(f"{path}.new")
        yield f"make a folder beside {path}", lambda path=path: os.mkdir(f"{path}.d")
        yield f"remove {path}", lambda path=path: os.unlink(path)
        yield f"rename {path}", lambda path=path: os.rename(path, f"{path}.old")
        yield f"link {path}", lambda path=path: os.link(path, "link")
        yield f"truncate {path}", lambda path=path: os.truncate(path, 0)
        yield f"change the mode of {path}", lambda path=path: os.chmod(path, 0)
        yield f"change the owner of {path}", lambda path=path: os.chown(path, os.getuid(), os.getgid())
        yield f"change the date of {path}", lambda path=path: os.utime(path, (0, 0))
        yield f"mark {path}", lambda path=path: os.setxattr(path, "user.x", b"x")


def tries(paths):
    """Return what may be tried of all the rest, by name."""
    yield from elsewhere(paths)
    for path in ("/etc/passwd", "/proc/self/status", "/proc/1/environ", "/sys/kernel", "/dev/mem", "/dev/tty"):
        yield f"open {path}", lambda path=path: open(path).close()
    for folder in ("/", "/tmp", "/var/tmp", "/dev/shm", "/etc", *sys.path, os.path.dirname(json.__file__)):
        yield f"write into {folder}", lambda folder=folder: write(os.path.join(folder, "made-by-a-worker"))
    yield "change the mode of the standard library", lambda: os.chmod(json.__file__, 0)
    for family, address in (
        (socket.AF_INET, ("127.0.0.1", 53)),
        (socket.AF_INET6, ("::1", 53)),
        (socket.AF_UNIX, "/run/dbus/system_bus_socket"),
        (socket.AF_UNIX, "\0abstract"),
    ):
        yield f"connect to {address!r}", lambda family=family, address=address: connect(family, address)
    yield "look up a name", lambda: socket.getaddrinfo("example.org", 80)
    yield "make a pair of sockets that can reach others", lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    yield "fork", lambda: os._exit(0) if os.fork() == 0 else None
    yield "start a program", lambda: subprocess.run(["/bin/true"], check=True)
    yield "spawn", lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {})
    yield "run another program", lambda: os.execv(sys.executable, [sys.executable, "-c", ""])
    for name, process in (("parent", os.getppid()), ("first process", 1), ("everybody", -1), ("group", 0)):
        yield f"signal the {name}", lambda process=process: os.kill(process, 0)
    yield "make a symbolic link", lambda: os.symlink("/", "link-to-root")
    yield "make a pipe with a name", lambda: os.mkfifo("fifo")
    yield "make a device", lambda: os.mknod("device", 0o20666, os.makedev(1, 1))
    yield "become root", lambda: os.setuid(0) if os.getuid() else syscall(-1)
    for which in ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE", "MEMLOCK"):
        yield f"raise the limit {which}", lambda which=which: raise_limit(getattr(resource, f"RLIMIT_{which}"))
    for name in FORBIDDEN_MODULES:
        yield f"import {name}", lambda name=name: importlib.import_module(name)


def outcome(attempt):
    """Return how an attempt was refused, '' if it was not."""
    try:
        attempt()
    except (OSError, ImportError, ValueError) as error:
        return f"{type(error).__name__} {getattr(error, 'errno', None) or ''}".strip()
    return ""


def attempts(paths, calls, calls_with):
    """Try everything; `calls` are system calls by name, `calls_with` those with which arguments by name."""
    refusals = {name: outcome(attempt) for name, attempt in tries(paths)}
    for name, number in calls.items():
        refusals[f"call {name}"] = outcome(lambda number=number: syscall(number))
    for name, (number, *arguments) in calls_with.items():
        refusals[f"call {name}"] = outcome(lambda number=number, arguments=arguments: syscall(number, *arguments))
    return refusals


def is_open(descriptor):
    """Tell whether a descriptor is open."""
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def capabilities():
    """Return the effective capabilities as bits."""
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    LIBC.capget(header, sets)
    return sets[0] | sets[3] << 32


def works_in(folder):
    """Write, read and remove a file in a folder."""
    with tempfile.NamedTemporaryFile("w+", dir=folder) as file:
        file.write("text")
        file.seek(0)
        return file.read() == "text"


def facts():
    """Return what a worker is and has."""
    thread = threading.Thread(target=sum, args=([1],))
    thread.start()
    thread.join()
    return {
        "descriptors": [number for number in range(4096) if is_open(number)],
        "user": [os.getuid(), os.geteuid(), os.getgid(), *os.getgroups()],
        "capabilities": capabilities(),
        "no_new_privs": LIBC.prctl(39, 0, 0, 0, 0),
        "dumpable": LIBC.prctl(3, 0, 0, 0, 0),
        "seccomp": LIBC.prctl(21, 0, 0, 0, 0),
        "own_folder_works": [works_in(None), works_in("."), works_in(os.path.expanduser("~"))],
        "thread_works": not thread.is_alive(),
        "modules": [name for name in ALLOWED_MODULES if importlib.import_module(name)],
        "environment": sorted(os.environ),
        "soft_is_hard": [
            soft == hard for name in dir(resource) if name.startswith("RLIMIT_") and name in
            ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_CORE")
            for soft, hard in [resource.getrlimit(getattr(resource, name))]
        ],
        "root": sorted(glob.glob("/*")),
        "pid": os.getpid(),
        "host": os.uname().nodename,
    }  # fmt: skip


def stay(ready):
    """Try everything to outlive whoever started this worker, then never return."""
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    for escape in (os.setsid, os.setpgrp, lambda: LIBC.prctl(1, 0, 0, 0, 0)):
        outcome(escape)
    ready()
    while True:
        threading.Event().wait(1)


def start_thread(ready):
    """Start a thread once others of the same user have been started."""
    ready()
    thread = threading.Thread(target=sum, args=([1],))
    thread.start()
    thread.join()
    return not thread.is_alive()


OTHERS = """
import sys, threading
threading.stack_size(1 << 16)
for _ in range(40):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
print("started", flush=True)
sys.stdin.read()
"""


def start_others():
    """Start a program with more threads than a worker may have, which ends with this one."""
    others = subprocess.Popen(
        [sys.executable, "-S", "-c", OTHERS], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "MALLOC_ARENA_MAX": "1"},
    )  # fmt: skip
    others.stdout.readline()
    KEPT.append(others)


def main(isolation, what="attempts"):
    """Call the functions above in a worker of the given isolation and print what they return."""
    from pathlib import Path

    from grader.course.question_spec import QuestionSpec
    from grader.intake.stage import stage
    from grader.sandbox.limits import Budget, Limits
    from grader.sandbox.sandbox import Jail

    with Jail(isolation) as jail:
        stage(Path(__file__), jail.staging)
        names = ("attempts", "facts", "stay", "start_thread")
        question = jail.open(
            ("jail_attempts.py",), QuestionSpec("jail_attempts", names, ("numpy",)), Limits(), Budget()
        )

        def call(name, *arguments):
            return question.call((name,), arguments, {}, keep_arguments=False)[0]

        if what == "stay":
            call("stay", lambda: os.write(1, b"ready\n"))
        if what == "crowd":
            json.dump(call("start_thread", start_others), sys.stdout)
            return
        json.dump({"attempts": call("attempts", *json.load(sys.stdin)), "facts": call("facts")}, sys.stdout)
        question.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
