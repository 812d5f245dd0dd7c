"""Whose fault it is that a worker ended: decided here, by evidence, and nowhere else.

=====================================================  =======================================  ========================
what happened                                          evidence                                 whose
=====================================================  =======================================  ========================
more CPU time than a check has                         the kernel's CPU clock of the worker     student: timed out
no answer within the wall time, less its run delay     it was seen asleep, twenty times a       student: timed out, if
                                                       second, for more than a quarter of that  so again when alone
the same, where it wanted to run or a disk held it     ``/proc/PID/schedstat``, its state       machine
more on disk, more threads than a worker may have      counted by the warm process, ``/proc``   student: crashed
ended by SIGKILL, its CPU time or memory used up       ``wait4``: CPU time, ``ru_maxrss``;      student
                                                       its control group's ``memory.events``
ended by SIGKILL otherwise                             the filter denies a worker to send it    machine
ended by another signal, or an exit code of its own    ``wait4``, and the sample still works    student: crashed
ended before it said that it is confined               the first byte on its channel            machine
no room on disk, no thread, no memory in the code      the sample, under the same limits: it    student if it works,
                                                       works or it does not                     else machine
the warm process or another process of ours fails      it was not asked to end                  grader
a package is missing, a check errs on the reference    tried before                             staff
=====================================================  =======================================  ========================

The sample is `grader.sandbox.sample`, tried at once in a fresh worker of the same warm process. What is not the
student's is tried once more, alone, and is then *broken*: no mark, never 0. docs/blame.md says the same for people.
"""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import NoReturn

from grader.checks.asking.channel import Aborted, StudentStopped
from grader.core.outcome import Outcome, Owner
from grader.sandbox.limits import MEBI, Limits

# A worker must be seen asleep for more than this share of the wall time during which it was allowed to run. What
# computes, or wants to, is never seen asleep; what polls for something mostly is.
SHARE_ASLEEP = 0.25
# A worker that is allowed to run so rarely that its wall time is multiplied by this is abandoned.
WALL_TIMES = 10.0
SHARE_OF_MEMORY = 0.9

ENDED_ITSELF = "the worker process was ended by the submitted code (os._exit or the like)"
CLOSED = "the submitted code closed the channel over which it answers"


@dataclass(frozen=True)
class Ended:
    """How a worker ended, according to the kernel.

    `status` is its exit code, negative for a signal, `cpu` its CPU seconds, `memory` the bytes that it used in addition
    to the warm process. `killed` means that it went on after its channel was closed, until the warm process ended it,
    `beyond_memory` that the kernel ended it for lack of memory in its own control group.
    """

    status: int
    cpu: float
    memory: int = 0
    killed: bool = False
    beyond_memory: bool = False


@dataclass(frozen=True)
class Used:
    """What a worker has used so far: CPU seconds, bytes and files on disk, threads."""

    cpu: float
    disk: int
    files: int
    threads: int = 0


@dataclass(frozen=True)
class Spent:
    """Seconds of a check: CPU time, wall time, and how much of it the worker was kept from running; None: unknown.

    For `asleep` seconds it was seen asleep, which says nothing about the time between two looks.
    """

    cpu: float
    wall: float
    kept_waiting: float | None
    asleep: float = 0.0

    @property
    def let_run(self) -> float:
        """The wall time without that in which the worker wanted to run, or waited for a disk."""
        return self.wall - (self.kept_waiting or 0.0)


@dataclass(frozen=True)
class Ending:
    """Whose an ending is, and a message; `outcome` and `again` matter if it is the student's."""

    owner: Owner
    message: str
    outcome: Outcome = Outcome.BROKEN
    again: bool = False

    def stop(self) -> NoReturn:
        """End the check: raise StudentStopped if it is the student's, else Aborted."""
        if self.owner is Owner.STUDENT:
            raise StudentStopped(self.outcome, self.message, again=self.again)
        raise Aborted(self.owner, self.message)


def crashed(message: str) -> Ending:
    """Return the ending of a worker that did what no worker does by itself."""
    return Ending(Owner.STUDENT, message, Outcome.CRASHED)


def of_limits(used: Used, spent: Spent, limits: Limits) -> Ending | None:
    """Return how a running worker must end because of what it has used; None if it may go on."""
    if used.disk > limits.disk_mb * MEBI or used.files > limits.files:
        return crashed(f"wrote more than {limits.disk_mb} MiB or {limits.files} files to disk")
    if used.threads > limits.threads:
        return crashed(f"ran more than {limits.threads} threads")
    if spent.cpu > limits.cpu_seconds:
        return Ending(Owner.STUDENT, f"used more than {limits.cpu_seconds:g} s of CPU time", Outcome.TIMED_OUT)
    if spent.let_run > limits.wall_seconds or spent.wall > WALL_TIMES * limits.wall_seconds:
        return of_wall_clock(spent, limits)
    return None


def of_wall_clock(spent: Spent, limits: Limits) -> Ending:
    """Return whose fault it is that the wall clock ran out."""
    clocks = f"no answer within {limits.wall_seconds:g} s by the wall clock, {spent.cpu:.1f} s of CPU time used"
    if spent.kept_waiting is None:
        return Ending(Owner.MACHINE, f"{clocks}; this system does not report whether the worker was allowed to run")
    if spent.let_run > limits.wall_seconds and spent.asleep > SHARE_ASLEEP * spent.let_run:
        return Ending(Owner.STUDENT, f"{clocks}: the code slept or waited", Outcome.TIMED_OUT, again=True)
    kept = f"for {spent.kept_waiting:.1f} of {spent.wall:.1f} s the worker was kept from running by other programs"
    return Ending(Owner.MACHINE, f"{clocks}: {kept} or by the disk, for {spent.asleep:.1f} s it was seen asleep")


def of_exit(ended: Ended, limits: Limits) -> Ending:
    """Return whose fault the end of a worker is that was confined and has ended."""
    spent = ended.cpu >= limits.worker_cpu_seconds - 1
    if ended.status == -signal.SIGXCPU or (ended.status == -signal.SIGKILL and spent):
        return Ending(Owner.STUDENT, "used up all of its CPU time", Outcome.TIMED_OUT)
    if ended.killed:
        return crashed(CLOSED)
    if ended.status == -signal.SIGKILL:
        if ended.beyond_memory or ended.memory >= SHARE_OF_MEMORY * limits.memory_mb * MEBI:
            return Ending(Owner.STUDENT, f"used up its {limits.memory_mb} MiB of memory", Outcome.OUT_OF_MEMORY)
        killed = "the worker was ended by SIGKILL, which no submission can send: by a person, or for lack of memory"
        return Ending(Owner.MACHINE, killed)
    if ended.status < 0:
        return crashed(f"the Python process of the submission crashed ({_signal(-ended.status)})")
    return crashed(ENDED_ITSELF)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # real-time signals have no names
        return f"signal {number}"
