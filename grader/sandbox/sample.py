"""The engine's own submission: what a worker must be able to do, and what it must not.

It is tried before grading in each isolation (`grader.sandbox.probe`), and again if a submission's worker has crashed or
run out of something (`grader.sandbox.owner`): if the sample does not work either, it is not the submission's fault.
"""

from __future__ import annotations

from grader.checks.asking.channel import Aborted, StudentStopped
from grader.core.errors import GradproofError
from grader.sandbox.jailed import JailedQuestion
from grader.sandbox.limits import MEBI, Limits

FILE = "sample.py"
NAMES = ("needs", "escapes")
SOURCE = '''
import _thread, mmap, os, socket
import numpy as np


def needs(memory, threads, files, size):
    """Do what a submission may do; return what cannot be done."""
    def compute():
        assert (np.arange(6.0).reshape(2, 3) @ np.ones(3)).tolist() == [3, 12]

    def map_memory():
        mmap.mmap(-1, memory).close()

    def start_threads():
        wait, left = _thread.allocate_lock(), []
        wait.acquire()

        def live():
            with wait:
                left.append(1)

        _thread.stack_size(1 << 16)
        started = 0
        try:
            for _ in range(threads):
                _thread.start_new_thread(live, ())
                started += 1
        finally:
            wait.release()
            while len(left) < started:
                os.sched_yield()

    def write_files():
        for number in range(files):
            with open(f"sample{number}", "wb") as file:
                file.write(bytes(size))

    failed = []
    for need in (compute, map_memory, start_threads, write_files):
        try:
            need()
        except Exception as error:
            failed.append(f"{need.__name__}: {type(error).__name__}: {error}")
    return failed


def escapes():
    """Try what a worker must not be able to do; return what succeeded."""
    def read(): open("/etc/passwd").close()
    def connect(): socket.socket().close()
    def fork(): os._exit(0) if os.fork() == 0 else None
    def signal_parent(): os.kill(os.getppid(), 0)

    done = []
    for attempt in (read, connect, fork, signal_parent):
        try:
            attempt()
        except OSError:
            continue
        done.append(attempt.__name__)
    return done
'''
# The share of each limit that is required: the interpreter and the sample itself use the rest.
SHARE = 0.75


def problem_of(question: JailedQuestion, limits: Limits, *, at_first: bool) -> str:
    """Return what does not work for the sample, opened as `question`; '' for nothing.

    What is tried `at_first`, before grading, includes what it must not be able to do, but not disk space, which few
    submissions need; what is tried after a crash or a shortage is everything that the limits allow.
    """
    memory, threads = int(SHARE * limits.memory_mb * MEBI), int(SHARE * limits.threads)
    size = limits.file_mb * MEBI - 1
    files = 0 if at_first else int(SHARE * limits.disk_mb) // limits.file_mb
    try:
        failed = question.call(("needs",), (memory, threads, files, size), {}, keep_arguments=False).result
        done = question.call(("escapes",), (), {}, keep_arguments=False).result if at_first else []
    except (GradproofError, StudentStopped, Aborted, OSError) as error:
        return str(error)
    finally:
        question.close()
    could = [f"a worker could {attempt}" for attempt in done] if isinstance(done, list) else [str(done)]
    return "; ".join([*map(str, failed if isinstance(failed, list) else [failed]), *could])
