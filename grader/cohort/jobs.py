"""Processes that grade: one submission at a time each, and the death of one costs nothing else.

Each job is a process of its own that holds suites and worker rooms for as long as it lives. It is
told a path and answers with one JSON document, over a pipe that nobody else shares, so that a job
which dies cannot leave a queue locked. A job that a check keeps busy for too long is ended, and another
one goes on without that check (`grader.core.supervision`).
"""

from __future__ import annotations

import json
import multiprocessing
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from grader.cohort.reports import (
    GradingAttempt,
    Order,
    Report,
    error_as_data,
    failure_as_data,
    report_as_data,
    report_from_data,
)
from grader.core import errors
from grader.core.memory_limit import limit_memory
from grader.core.parent_watch import end_with_parent
from grader.core.supervision import LOOK_SECONDS, Position, Stopped, Supervisor
from grader.course.folder import Course
from grader.intake.stage import Parcel, Place
from grader.sandbox.affinity import share_one_cpu
from grader.worker.confine import removal

if TYPE_CHECKING:
    from grader.grading.session import Grader


@dataclass(frozen=True)
class LocalPool:
    """At most so many processes on this machine."""

    jobs: int = 1

    def reports(self, order: Order, places: Sequence[Place], *, apart: bool = False) -> Generator[Report, None, None]:
        """Yield a report for each place, as `Pool` says; what is graded `apart` is graded by one process."""
        waiting = deque(GradingAttempt(place) for place in places)
        most = min(1 if apart else self.jobs, len(waiting))
        crew = [Job(order, waiting.popleft(), number) for number in range(most)]
        try:
            while crew:
                for job in _answered(crew):
                    report = job.report()
                    crew.remove(job)
                    if (attempt := job.attempt.after(report)) is not None:
                        crew.append(job.go_on(attempt, fresh=True))
                        continue
                    if waiting:
                        crew.append(job.go_on(waiting.popleft(), fresh=bool(report.fault)))
                    else:
                        job.end()
                    yield report
        finally:
            for job in crew:
                job.end()


def graded_alone(order: Order, path: Place) -> Report:
    """Return how one submission is graded, once more if that may come out otherwise."""
    report = _first(order, path)
    return _first(order, path) if report.again else report


def _first(order: Order, path: Place) -> Report:
    with closing(LocalPool().reports(order, [path])) as reports:
        return next(reports)


def _answered(crew: list[Job]) -> list[Job]:
    """Return the jobs that have something to report, or that have had their time."""
    while True:
        ready = wait([job.connection for job in crew], timeout=LOOK_SECONDS)
        if answered := [job for job in crew if job.connection in ready or job.late or job.overrun]:
            return answered


class Job:
    """The parent's hold of one process and of the attempt that it is at."""

    # A job that is told to end has a moment to take its worker rooms down.
    GRACE_SECONDS = 5.0
    # Student code is stopped long before (`grader.sandbox.limits`): only a fault of the grader's own lasts so long.
    MOST_SECONDS = 1200.0

    def __init__(self, order: Order, attempt: GradingAttempt, number: int | None = 0) -> None:
        """Start a process; it stays on one CPU, as `number` spreads those of a machine, or on any with None."""
        # A fork has nothing to import, which is half a second.
        forks = order.alone and sys.platform == "linux"
        context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._order = order
        self._number = number
        self._position = Position()
        # What a process leaves there that is killed goes when its end is seen.
        self._folder = Path(tempfile.mkdtemp(prefix="gradproof-job-"))
        self._folder.chmod(0o711)  # a worker's private uid passes through, and lists nothing
        place = Workplace(self._position, self._number, self._folder)
        self._process = context.Process(target=_serve, args=(theirs, order, place), daemon=True)
        self._process.start()
        self._supervisor = Supervisor(self._process.pid or 0, self._position)
        # Only the job holds its end now, so its death is seen as the end of the pipe.
        theirs.close()
        self._hand_over(attempt)

    @property
    def late(self) -> bool:
        """Whether the attempt has taken longer than any can without a fault."""
        return time.monotonic() >= self.deadline

    @property
    def overrun(self) -> Stopped | None:
        """What the process has been at for more than its CPU time, None for nothing."""
        return self._supervisor.overrun()

    def go_on(self, attempt: GradingAttempt, *, fresh: bool) -> Self:
        """Return the job that does the next attempt: this one, or a fresh one after a fault."""
        if fresh:
            self.end()
            return type(self)(self._order, attempt, self._number)
        self._hand_over(attempt)
        return self

    def report(self) -> Report:
        """Return what came of the attempt; raises what kept the job from starting."""
        path = self.attempt.path
        assert not isinstance(path, Parcel)  # those come from other machines, which want the answer as data
        return report_from_data(path, self.answer())

    def answer(self) -> dict[str, Any]:
        """Return what came of the attempt, as the data of a report."""
        self._busy = True
        if not self.connection.poll():
            if (overrun := self.overrun) is not None:
                self._process.kill()  # it may be in a call of C's, which hears nothing
                return {"fault": f"{overrun.what} took {overrun.reason}", "stopped": asdict(overrun)}
            return {"fault": f"grading did not end within {self.MOST_SECONDS:g} s"}
        try:
            answer: dict[str, Any] = json.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            self._process.join(self.GRACE_SECONDS)
            died = f"the grading process died (exit code {self._process.exitcode})"
            return {"fault": died, "stopped": asdict(Stopped(self._position.what, died))}
        self._busy = False
        return answer

    def end(self) -> None:
        """End the process: one that is at work is told to leave it, one that is not that there is no more to do."""
        if self._busy:
            self._process.terminate()
        with suppress(OSError):
            self.connection.send(None)
        self.connection.close()
        self._process.join(self.GRACE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()
        with suppress(OSError):
            removal.empty(str(self._folder))
            self._folder.rmdir()

    def _hand_over(self, attempt: GradingAttempt) -> None:
        self.attempt = attempt
        self._busy = True
        self.deadline = time.monotonic() + self.MOST_SECONDS
        # If it died between two submissions, report() sees the end of the pipe and says so.
        with suppress(OSError):
            self.connection.send(self.attempt)


@dataclass(frozen=True)
class Workplace:
    """What a job's process gets of its parent: where it says what it is at, its number, a folder for what passes."""

    position: Position
    number: int | None
    folder: Path


def _serve(connection: Connection, order: Order, place: Workplace) -> None:
    """Live as a job: grade what the parent names until it says that this was all."""
    if not order.alone and place.number is not None:
        share_one_cpu(place.number)
    tempfile.tempdir = str(place.folder)
    # Ctrl-C reaches every process of the terminal; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    # Here and not above: a run that finds nothing to grade starts no job, and has not to wait for suites' vocabulary.
    from grader.grading.session import opened_grader

    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        try:
            course = Course.find(order.course)
            rubric = course.rubric(order.assignment)
            with opened_grader(
                course, rubric, isolation=order.isolation, only=order.only, packages=order.packages,
                position=place.position,
            ) as grader:  # fmt: skip
                _grade_until_told(connection, order, grader)
        except errors.GradproofError as error:
            _send(connection, closed=error_as_data(error))
    with suppress(OSError):
        place.folder.rmdir()  # the parent may be gone


def _grade_until_told(connection: Connection, order: Order, grader: Grader) -> None:
    limit_memory()
    while (attempt := connection.recv()) is not None:
        _send(connection, **_grade(grader, attempt, in_full=order.in_full))


def _grade(grader: Grader, attempt: GradingAttempt, *, in_full: bool) -> dict[str, Any]:
    if attempt.is_trial:
        return {}
    try:
        return report_as_data(grader.grade(attempt.path, attempt.stopped), in_full=in_full)
    except errors.StaffError:
        raise
    except Exception as error:
        return failure_as_data(error)


def _send(connection: Connection, **answer: Any) -> None:
    connection.send_bytes(json.dumps(answer).encode())
