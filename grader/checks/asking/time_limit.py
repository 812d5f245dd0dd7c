"""Ends code that does not terminate, in a process that cannot be ended."""

from __future__ import annotations

import signal
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

from grader.checks.asking.channel import StudentStopped
from grader.core.outcome import Outcome

CPU_SECONDS = 5.0
# Where packages are installed, Python's own and others.
INSTALLED = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
IMPORTER = "<frozen importlib._bootstrap>"


def cpu_limit(seconds: float, graded: float | None = None) -> AbstractContextManager[None]:
    """Raise StudentStopped in the running code once it has used `seconds` of CPU time, or `graded` if that is more.

    `graded` is the limit of a check when it is graded, if the rubric sets one; a student's own machine may be slower.
    The limit is on CPU time, so that nobody is hurried while thinking at a breakpoint.
    """
    seconds = max(seconds, graded or 0)
    told = f" (when it is graded, a check has {graded:g} s)" if graded else ""
    return ended_after(seconds, f"used more than {seconds:g} s of CPU time{told}; is there a loop that never ends?")


@contextmanager
def ended_after(seconds: float, words: str) -> Iterator[None]:
    """Raise StudentStopped, timed out, with these words in the running code after `seconds` of CPU time.

    If it is importing an installed package, the import is completed first, and the time starts again: a half-imported
    package would affect everything that follows.
    If the system has no such timer (Windows), and outside the main thread, nothing is limited.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        if not _imports_a_package(frame):
            raise StudentStopped(Outcome.TIMED_OUT, words)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _imports_a_package(frame: FrameType | None) -> bool:
    while frame is not None:
        spec = frame.f_locals.get("spec") if frame.f_code.co_filename == IMPORTER else None
        if str(getattr(spec, "origin", None)).startswith(INSTALLED):
            return True
        frame = frame.f_back
    return False
