"""An end to loops without end in a student's own pytest, where there is no jail to stop them."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from grader.channel import StudentStopped
from grader.outcome import Outcome

CPU_SECONDS = 5.0


@contextmanager
def cpu_limit(seconds: float, graded: float | None = None) -> Iterator[None]:
    """Raise StudentStopped in whatever runs once it has used `seconds` of CPU time, or `graded` if that is more.

    `graded` is what a check has when it is graded, as far as the rubric says it; a student's own machine may be
    slower. Of CPU time, so that nobody is hurried who thinks at a breakpoint. Where the system has no such
    timer (Windows), and outside the main thread, nothing is limited.
    """

    seconds = max(seconds, graded or 0)
    told = f" (when it is graded, a check has {graded:g} s)" if graded else ""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        words = f"used more than {seconds:g} s of CPU time{told}; is there a loop that never ends?"
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
