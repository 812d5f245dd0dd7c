"""Processes that grade: one submission at a time each, and the death of one costs nothing else.

Each job is a process of its own that holds suites and worker rooms for as long as it lives. It is
told a path and answers with one JSON document, over a pipe that nobody else shares, so that a job
which dies cannot leave a queue locked.
"""

from __future__ import annotations

import base64
import itertools
import json
import multiprocessing
import signal
import time
import traceback
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Never, Self

from grader import errors
from grader.course import Course
from grader.feedback import Undecided, undecided
from grader.jail.affinity import share_one_cpu
from grader.kept import Kept
from grader.lifeline import end_with_parent
from grader.result import Result
from grader.session import Grader, Only, with_grader
from grader.submission.discover import in_one_line
from grader.submission.stage import Place
from grader.written.gather import Written


@dataclass(frozen=True)
class Order:
    """What every job needs to know before the first submission comes."""

    course: Path
    assignment: str
    isolation: str
    only: Only = None


@dataclass(frozen=True)
class Report:
    """How the grading of one path ended: with a result, refused as no submission, or by a fault.

    `again` tells of a result that may be another one when it is tried once more, alone.
    """

    path: Place
    result: Result | None = None
    again: bool = False
    written: tuple[Written, ...] = ()
    kept: tuple[Kept, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    refused: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Attempt:
    """A path to grade; `last` where a further fault is not tried again."""

    path: Place
    last: bool = False


def grade_all(order: Order, paths: Sequence[Place], jobs: int) -> Generator[Report, None, None]:
    """Yield a report for each path, as they come, from at most `jobs` processes.

    A path whose grading fails through the grader's own fault is tried once more in a fresh process.
    Raises the StaffError or GraderFault that keeps any job from starting. Closing the generator
    ends the processes.
    """
    waiting = deque(Attempt(path) for path in paths)
    crew = [Job(order, waiting.popleft()) for _ in range(min(jobs, len(waiting)))]
    try:
        while crew:
            for job in _answered(crew):
                report = job.report()
                crew.remove(job)
                if report.fault and not job.attempt.last:
                    crew.append(Job(order, Attempt(report.path, last=True)))
                    job.end()
                    continue
                if waiting:
                    crew.append(job.go_on(waiting.popleft(), fresh=bool(report.fault)))
                else:
                    job.end()
                yield report
    finally:
        for job in crew:
            job.end()


def _answered(crew: list[Job]) -> list[Job]:
    """Return the jobs that have something to report, or that have had their time."""
    first_to_be_late = min(job.deadline for job in crew)
    ready = wait([job.connection for job in crew], timeout=max(0.0, first_to_be_late - time.monotonic()))
    return [job for job in crew if job.connection in ready or job.late]


class Job:
    """The parent's hold of one process and of the attempt that it is at."""

    # A job that is told to end has a moment to take its worker rooms down.
    FAREWELL_SECONDS = 5.0
    # Student code is stopped long before (`grader.jail.limits`): only a fault of the grader's own lasts so long.
    PATIENCE_SECONDS = 1200.0
    _numbers = itertools.count()

    def __init__(self, order: Order, attempt: Attempt) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._order = order
        self._process = context.Process(target=_serve, args=(theirs, order, next(self._numbers)), daemon=True)
        self._process.start()
        # Only the job holds its end now, so its death is seen as the end of the pipe.
        theirs.close()
        self._hand_over(attempt)

    @property
    def late(self) -> bool:
        """Whether the attempt has taken longer than any can without a fault."""
        return time.monotonic() >= self.deadline

    def go_on(self, attempt: Attempt, *, fresh: bool) -> Self:
        """Return the job that does the next attempt: this one, or a fresh one after a fault."""
        if fresh:
            self.end()
            return type(self)(self._order, attempt)
        self._hand_over(attempt)
        return self

    def report(self) -> Report:
        """Return what came of the attempt; raises what kept the job from starting."""
        path = self.attempt.path
        self._busy = self.late
        if self.late and not self.connection.poll():
            return Report(path, fault=f"grading did not end within {self.PATIENCE_SECONDS:g} s")
        try:
            answer = json.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            self._process.join(self.FAREWELL_SECONDS)
            return Report(path, fault=f"the grading process died (exit code {self._process.exitcode})")
        if "stopped" in answer:
            _raise_again(**answer["stopped"])
        if answer["result"] is not None:
            answer["result"] = Result.from_json(answer["result"])
            answer["written"] = tuple(
                Written(question, file, source, base64.b64decode(data))
                for question, file, source, data in answer["written"]
            )
            answer["kept"] = tuple(
                Kept(criterion, name, base64.b64decode(data)) for criterion, name, data in answer["kept"]
            )
            answer["undecided"] = tuple(Undecided(**one) for one in answer["undecided"])
        return Report(path, **answer)

    def end(self) -> None:
        """End the process: one that is at work is told to leave it, one that is not ends with its pipe."""
        self.connection.close()
        if self._busy:
            self._process.terminate()
        self._process.join(self.FAREWELL_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()

    def _hand_over(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self._busy = True
        self.deadline = time.monotonic() + self.PATIENCE_SECONDS
        # If it died between two submissions, report() sees the end of the pipe and says so.
        with suppress(OSError):
            self.connection.send(self.attempt.path)


def _serve(connection: Connection, order: Order, number: int) -> None:
    """Live as a job: grade what the parent names until it closes the pipe."""
    share_one_cpu(number)
    # Ctrl-C reaches every process of the terminal; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        try:
            course = Course.find(order.course)
            rubric = course.rubric(order.assignment)
            grade = partial(_grade_until_closed, connection)
            with_grader(course, rubric, isolation=order.isolation, only=order.only, packages="demanded", body=grade)
        except errors.GradproofError as error:
            _send(connection, stopped=_as_data(error))


def _grade_until_closed(connection: Connection, grader: Grader) -> None:
    while True:
        answer = _grade(grader, connection.recv())
        _send(connection, **answer)


def _grade(grader: Grader, path: Place) -> dict[str, Any]:
    try:
        grading = grader.grade(path)
    except errors.StaffError:
        raise
    except errors.SubmissionError as error:
        return {"result": None, "refused": in_one_line(error)}
    except Exception:
        return {"result": None, "fault": traceback.format_exc()}
    return {
        "result": grading.result.to_json(),
        "again": grading.again,
        "undecided": [asdict(one) for one in undecided(grading.checks)],
        "kept": [(one.criterion, one.name, _as_text(one.data)) for one in grading.kept],
        "written": [(one.question, one.file, one.source, _as_text(one.data)) for one in grading.written],
    }


def _as_text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _send(connection: Connection, **answer: Any) -> None:
    connection.send_bytes(json.dumps(answer).encode())


def _as_data(error: errors.GradproofError) -> dict[str, str | None]:
    return {
        "kind": type(error).__name__,
        "message": error.message,
        "where": error.where,
        "found": error.found,
        "expected": error.expected,
        "todo": error.todo,
    }


def _raise_again(kind: str, message: str, **details: str | None) -> Never:
    error: type[errors.GradproofError] = getattr(errors, kind, errors.GraderFault)
    raise error(message, **details)
