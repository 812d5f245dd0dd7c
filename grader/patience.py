"""An end to code that never comes to one, where it runs in a process that cannot be ended."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import NoReturn

from grader.channel import StudentStopped
from grader.outcome import Outcome

CPU_SECONDS = 5.0


def cpu_limit(seconds: float, graded: float | None = None) -> AbstractContextManager[None]:
    """Raise StudentStopped in whatever runs once it has used `seconds` of CPU time, or `graded` if that is more.

    `graded` is what a check has when it is graded, as far as the rubric says it; a student's own machine may be
    slower. Of CPU time, so that nobody is hurried who thinks at a breakpoint.
    """
    seconds = max(seconds, graded or 0)
    told = f" (when it is graded, a check has {graded:g} s)" if graded else ""
    return ended_after(seconds, f"used more than {seconds:g} s of CPU time{told}; is there a loop that never ends?")


@contextmanager
def ended_after(seconds: float, words: str) -> Iterator[None]:
    """Raise StudentStopped, timed out, with these words in whatever runs once it has used `seconds` of CPU time.

    Where the system has no such timer (Windows), and outside the main thread, nothing is limited.
    """

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise StudentStopped(Outcome.TIMED_OUT, words)

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
