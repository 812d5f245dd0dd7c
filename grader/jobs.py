"""Processes that grade: one submission at a time each, and the death of one costs nothing else.

Each job is a process of its own that holds suites and worker rooms for as long as it lives. It is
told a path and answers with one JSON document, over a pipe that nobody else shares, so that a job
which dies cannot leave a queue locked. A job that a check keeps busy for too long is ended, and another
one goes on without that check (`grader.supervision`).
"""

from __future__ import annotations

import base64
import itertools
import json
import multiprocessing
import signal
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Self

from grader import errors
from grader.course import Course
from grader.feedback import Undecided, undecided
from grader.jail.affinity import share_one_cpu
from grader.kept import Kept
from grader.lifeline import end_with_parent
from grader.memory_limit import limit_memory
from grader.outcome import Check, CheckResult, Feedback, Outcome
from grader.result import Result
from grader.session import Grader, Only, Packages, with_grader
from grader.submission.discover import in_one_line
from grader.submission.stage import Place
from grader.supervision import LOOK_SECONDS, READING, Position, Stopped, Supervisor
from grader.worker import removal
from grader.written.gather import Written

# One submission's attempts come to an end, whatever it is that they do not come back from.
MOST_STOPPED = 10


@dataclass(frozen=True)
class Order:
    """What every job needs to know before the first submission comes."""

    course: Path
    assignment: str
    isolation: str
    only: Only = None
    packages: Packages = "demanded"
    # Whether its job is the only one, and no thread runs beside it.
    alone: bool = False
    # Whether each check's result is reported, and not only what comes of all.
    in_full: bool = False


@dataclass(frozen=True)
class Report:
    """How the grading of one path ended: with a result, refused as no submission, or by a fault.

    `again` tells of a result that may be another one when it is tried once more, alone. `error` is what refused it or
    what failed, as far as it is one of ours; `stopped` what the process was at when it ended.
    """

    path: Place
    result: Result | None = None
    again: bool = False
    written: tuple[Written, ...] = ()
    kept: tuple[Kept, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    refused: str = ""
    fault: str = ""
    error: errors.GradproofError | None = None
    stopped: Stopped | None = None

    def demand(self) -> Result:
        """Return the result. Raises what refused the submission, or the fault that kept it from being graded."""
        if self.result is None:
            raise self.error or errors.GraderFault("the submission could not be graded", found=self.fault)
        return self.result


@dataclass(frozen=True)
class Attempt:
    """A path to grade, but for what earlier attempts were `stopped` in; after the `last` a fault is not tried again."""

    path: Place
    last: bool = False
    stopped: tuple[Stopped, ...] = ()

    def after(self, report: Report) -> Attempt | None:
        """Return the attempt that follows, None where there is none to make."""
        if not report.fault:
            return None
        known = {READING, *(one.what for one in self.stopped)}
        if report.stopped and report.stopped.what not in known and len(known) <= MOST_STOPPED:
            return replace(self, stopped=(*self.stopped, report.stopped))
        return None if self.last else replace(self, last=True)


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
    with closing(grade_all(order, [path], jobs=1)) as reports:
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
    FAREWELL_SECONDS = 5.0
    # Student code is stopped long before (`grader.jail.limits`): only a fault of the grader's own lasts so long.
    PATIENCE_SECONDS = 1200.0
    _numbers = itertools.count()

    def __init__(self, order: Order, attempt: Attempt) -> None:
        # A fork has nothing to import, which is half a second.
        forks = order.alone and sys.platform == "linux"
        context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._order = order
        self._position = Position()
        # What a process leaves there that is killed goes when its end is seen.
        self._folder = Path(tempfile.mkdtemp(prefix="gradproof-job-"))
        self._folder.chmod(0o711)  # a worker's private uid passes through, and lists nothing
        place = Workplace(self._position, next(self._numbers), self._folder)
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
        self._busy = True
        if not self.connection.poll():
            if (overrun := self.overrun) is not None:
                self._process.kill()  # it may be in a call of C's, which hears nothing
                return Report(path, fault=f"{overrun.what} took {overrun.reason}", stopped=overrun)
            return Report(path, fault=f"grading did not end within {self.PATIENCE_SECONDS:g} s")
        try:
            answer = json.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            self._process.join(self.FAREWELL_SECONDS)
            died = f"the grading process died (exit code {self._process.exitcode})"
            return Report(path, fault=died, stopped=Stopped(self._position.what, died))
        self._busy = False
        if "stopped" in answer:
            raise _again(answer["stopped"])
        if "error" in answer:
            answer["error"] = _again(answer["error"])
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
            answer["checks"] = tuple(map(_check_result, answer["checks"]))
        return Report(path, **answer)

    def end(self) -> None:
        """End the process: one that is at work is told to leave it, one that is not that there is no more to do."""
        if self._busy:
            self._process.terminate()
        with suppress(OSError):
            self.connection.send(None)
        self.connection.close()
        self._process.join(self.FAREWELL_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()
        with suppress(OSError):
            removal.empty(str(self._folder))
            self._folder.rmdir()

    def _hand_over(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self._busy = True
        self.deadline = time.monotonic() + self.PATIENCE_SECONDS
        # If it died between two submissions, report() sees the end of the pipe and says so.
        with suppress(OSError):
            self.connection.send(self.attempt)


@dataclass(frozen=True)
class Workplace:
    """What a job's process gets of its parent: where it says what it is at, its number, a folder for what passes."""

    position: Position
    number: int
    folder: Path


def _serve(connection: Connection, order: Order, place: Workplace) -> None:
    """Live as a job: grade what the parent names until it says that this was all."""
    if not order.alone:
        share_one_cpu(place.number)
    tempfile.tempdir = str(place.folder)
    # Ctrl-C reaches every process of the terminal; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        try:
            course = Course.find(order.course)
            rubric = course.rubric(order.assignment)
            with_grader(
                course, rubric, isolation=order.isolation, only=order.only, packages=order.packages,
                position=place.position, body=partial(_grade_until_told, connection, order),
            )  # fmt: skip
        except errors.GradproofError as error:
            _send(connection, stopped=_as_data(error))
    with suppress(OSError):
        place.folder.rmdir()  # the parent may be gone


def _grade_until_told(connection: Connection, order: Order, grader: Grader) -> None:
    limit_memory()
    while (attempt := connection.recv()) is not None:
        _send(connection, **_grade(grader, attempt, in_full=order.in_full))


def _grade(grader: Grader, attempt: Attempt, *, in_full: bool) -> dict[str, Any]:
    try:
        grading = grader.grade(attempt.path, attempt.stopped)
    except errors.StaffError:
        raise
    except errors.SubmissionError as error:
        return {"result": None, "refused": in_one_line(error), "error": _as_data(error)}
    except errors.GradproofError as error:
        return {"result": None, "fault": traceback.format_exc(), "error": _as_data(error)}
    except Exception:
        return {"result": None, "fault": traceback.format_exc()}
    return {
        "result": grading.result.to_json(),
        "again": grading.again,
        "undecided": [asdict(one) for one in undecided(grading.checks)],
        "checks": [asdict(replace(check, kept=())) for check in grading.checks] if in_full else [],
        "kept": [(one.criterion, one.name, _as_text(one.data)) for one in grading.kept],
        "written": [(one.question, one.file, one.source, _as_text(one.data)) for one in grading.written],
    }


def _check_result(said: dict[str, Any]) -> CheckResult:
    """Return the result of a check, without files that it kept."""
    parts = {"check": Check(**said["check"]), "outcome": Outcome(said["outcome"])}
    texts = {name: tuple(said[name]) for name in ("kept", "notes", "remarks", "compared")}
    return CheckResult(**{**said, **parts, **texts, "feedback": Feedback(**said["feedback"])})


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


def _again(said: dict[str, Any]) -> errors.GradproofError:
    """Return the error that `_as_data` has described."""
    error: type[errors.GradproofError] = getattr(errors, said.pop("kind"), errors.GraderFault)
    return error(said.pop("message"), **said)
