"""The workers of a cluster as a run has them: those that grade, those that were refused, those that were lost.

A worker gets nothing before it has shown that it would give the marks that this machine gives: the same versions of
what marks depend on, the same course, and a jail that holds (`grader.sandbox.sample`) with all packages of the
questions. Who does not is refused, by its host and for a reason that is told once.
"""

from __future__ import annotations

import json
import operator
import pkgutil
import queue
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from distributed import Client, Future

from grader.cluster import at_worker
from grader.cluster.course_copy import CourseCopy
from grader.cluster.requests import attempt_to_bytes, order_to_bytes
from grader.cohort.reports import GradingAttempt, Order, error_from_data
from grader.core.errors import CourseError, GraderFault, RubricError, SuiteError
from grader.core.text import printable
from grader.course.folder import Course
from grader.intake.discover import in_one_line
from grader.intake.stage import Parcel

LOOK_SECONDS = 1.0
# How long a worker may be tried, and how many may be lost meanwhile, before no hope is set on the next.
TRYING_SECONDS = 300.0
MOST_TRIED = 10
GRACE_SECONDS = 10.0
_COURSES = (CourseError, RubricError, SuiteError)


@dataclass(eq=False)
class Seat:
    """One submission at a time, on one worker; `fresh` if its process must not grade another one."""

    worker: ClusterWorker
    number: int
    is_open: bool = False
    attempt: GradingAttempt | None = None
    fresh: bool = False


@dataclass(eq=False)
class ClusterWorker:
    """A dask worker: its address, the folder that tells it from an earlier one there, and where it is.

    `functions` are those that were looked up in it, by their names.
    """

    address: str
    folder: str
    name: str
    host: str
    threads: int
    machine: str = ""
    is_running: bool = True
    since: float = field(default_factory=time.monotonic)
    seats: list[Seat] = field(default_factory=list)
    functions: dict[str, Future[Any]] = field(default_factory=dict)

    def __str__(self) -> str:
        return printable(f"{self.name} on {self.machine or self.host}")


class Crew:
    """All workers of a cluster for one order; close it in the end."""

    def __init__(self, client: Client, order: Order, tell: Callable[[str], None]) -> None:
        self._client = client
        self._tell = tell
        self._run = uuid.uuid4().hex
        course = Course.find(order.course)
        rubric = course.rubric(order.assignment)
        self._order = order_to_bytes(order)
        self._assignment = order.assignment
        self._course = CourseCopy.of(course, rubric)
        self._digests = [course.rubric_sha256(rubric), course.suites_sha256(rubric)]
        self._here = at_worker.describe()
        self._workers: dict[tuple[str, str], ClusterWorker] = {}
        self._events: queue.SimpleQueue[tuple[ClusterWorker, Future[Any], Callable[[Any], None]]] = queue.SimpleQueue()
        self._looked = 0.0
        self._lost_trying = 0
        self.refused: dict[tuple[str, str], str] = {}
        self.answers: list[tuple[GradingAttempt, dict[str, Any]]] = []
        self.returned: list[GradingAttempt] = []

    @property
    def is_usable(self) -> bool:
        """Whether a worker can grade, or is being tried."""
        if any(seat.is_open for seat in self._seats()):
            self._lost_trying = 0
            return True
        latest = time.monotonic() - TRYING_SECONDS
        return self._lost_trying < MOST_TRIED and any(worker.since > latest for worker in self._workers.values())

    @property
    def is_busy(self) -> bool:
        """Whether a submission is at a worker."""
        return any(seat.attempt for seat in self._seats())

    def _seats(self) -> Iterator[Seat]:
        return (seat for worker in self._workers.values() for seat in worker.seats)

    def idle(self, *, apart: bool) -> Seat | None:
        """Return a seat that has nothing to grade, None if there is none; `apart` on a machine that grades nothing.

        It is on the machine that grades least: neighbours make each other slower.
        """
        busy = Counter(seat.worker.host for seat in self._seats() if seat.attempt)
        free = [seat for seat in self._seats() if seat.is_open and not seat.attempt and seat.worker.is_running]
        best = min(free, key=lambda seat: busy[seat.worker.host], default=None)
        return None if best is None or (apart and busy[best.worker.host]) else best

    def hand(self, seat: Seat, attempt: GradingAttempt, parcel: Parcel) -> None:
        """Let a seat grade a submission."""
        seat.attempt = attempt
        request = attempt_to_bytes(attempt, parcel, fresh=seat.fresh)

        def heard(answer: bytes) -> None:
            said = json.loads(answer)
            if "closed" in said:
                self._refuse_by(seat.worker, said)
                return
            seat.attempt, seat.fresh = None, bool(said.get("fault"))
            self.answers.append((attempt, said))

        self._ask(seat.worker, heard, at_worker.grade, self._run, seat.number, request)

    def wait(self, seconds: float) -> None:
        """Take in what workers have answered, waiting for the first for so long, and which have come and gone.

        Raises the StaffError that keeps a worker from grading and is the course's.
        """
        if time.monotonic() - self._looked >= LOOK_SECONDS:
            self._look()
        deadline = time.monotonic() + seconds
        while True:
            try:
                worker, done, then = self._events.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                return
            deadline = 0.0  # one has come: only those that are there as well are taken
            if worker in self._workers.values():
                self._take(worker, done, then)

    def close(self) -> None:
        """End what this run has on the cluster, as far as that can be reached."""
        workers = [worker.address for worker in self._workers.values()]
        self._workers.clear()
        # One that does not answer must not keep the others, or whoever waits at the terminal.
        telling = threading.Thread(target=self._end_stations, args=(workers,), daemon=True)
        telling.start()
        telling.join(GRACE_SECONDS)

    def _end_stations(self, workers: list[str]) -> None:
        with suppress(Exception):  # they end by themselves where nobody asks them any more
            self._client.run(at_worker.end_run, self._run, workers=workers, on_error="ignore")

    def _ask(
        self, worker: ClusterWorker, then: Callable[[Any], None], function: Callable[..., object], *arguments: object
    ) -> None:
        """Have a worker call a function, and take in later what it returns.

        The function is looked up by its name there. A scheduler loads what it passes on, and a worker that cannot load
        it ends: neither may be asked for more than it is sure to have, before it has told.
        """
        name = f"{function.__module__}:{function.__name__}"
        if name not in worker.functions:
            worker.functions[name] = self._submit(worker, pkgutil.resolve_name, name)
        future = self._submit(worker, operator.call, worker.functions[name], *arguments)
        future.add_done_callback(lambda done: self._events.put((worker, done, then)))

    def _submit(self, worker: ClusterWorker, function: Callable[..., object], *arguments: object) -> Future[Any]:
        return self._client.submit(
            function, *arguments, workers=[worker.address], allow_other_workers=False, pure=False, retries=0,
            key=f"gradproof-{function.__name__}-{uuid.uuid4().hex}",
        )  # fmt: skip

    def _take(self, worker: ClusterWorker, done: Future[Any], then: Callable[[Any], None]) -> None:
        try:
            answer = done.result(timeout=LOOK_SECONDS * 10)
        except Exception as error:
            if done.status == "error" and not any(seat.is_open for seat in worker.seats):
                self._refuse(worker, _words(error))
            else:  # also where it was started anew at the same address
                self._lose(worker)
            return
        then(answer)

    def _look(self) -> None:
        """See which workers there are."""
        try:
            found = self._client.scheduler_info(n_workers=-1).get("workers")
        except (OSError, TimeoutError) as error:
            raise _gone(str(error) or type(error).__name__) from error
        if found is None or self._client.status != "running":
            raise _gone(f"the connection is {self._client.status}")
        self._looked = time.monotonic()
        there = {(address, info["local_directory"]): info for address, info in found.items()}
        for key in self._workers.keys() - there.keys():
            self._lose(self._workers[key])
        for key, info in there.items():
            if key in self._workers:
                self._workers[key].is_running = info["status"] == "running"
            elif key not in self.refused and info["status"] == "running":
                self._admit(ClusterWorker(*key, str(info["name"]), info["host"], info["nthreads"]))

    def _admit(self, worker: ClusterWorker) -> None:
        """Begin with a worker: what it is, its course, its stations."""
        self._workers[worker.address, worker.folder] = worker

        def described(there: dict[str, str]) -> None:
            worker.machine = there[at_worker.HOST]
            other = [
                f"{what} {there.get(what)}, here {here}"
                for what, here in self._here.items()
                if what != at_worker.HOST and there.get(what) != here
            ]
            if other:
                self._refuse(worker, f"it would not give the same marks: {'; '.join(other)}")
            else:
                self._ask(worker, asked, at_worker.has_course, self._course.digest)

        def asked(has_course: bool) -> None:
            data = b"" if has_course else self._course.data
            self._ask(worker, taken, at_worker.take_course, self._course.digest, data, self._assignment)

        def taken(digests: list[str]) -> None:
            if list(digests) != self._digests:
                self._refuse(worker, "its copy of the course is another one")
                return
            for _ in range(worker.threads):
                self._open(worker)

        self._ask(worker, described, at_worker.describe)

    def _open(self, worker: ClusterWorker) -> None:
        # Workers of one machine share its CPUs.
        taken = {seat.number for seat in self._seats() if seat.worker.host == worker.host}
        seat = Seat(worker, next(number for number in range(len(taken) + 1) if number not in taken))
        worker.seats.append(seat)

        def opened(answer: bytes) -> None:
            if said := json.loads(answer):
                self._refuse_by(worker, said)
                return
            is_first = not any(one.is_open for one in worker.seats)
            seat.is_open = True
            if is_first:
                self._tell(f"Worker {worker} grades {worker.threads} at a time.")

        self._ask(worker, opened, at_worker.open_station, self._run, seat.number, self._order, self._course.digest)

    def _refuse_by(self, worker: ClusterWorker, said: dict[str, Any]) -> None:
        if "closed" not in said:
            self._refuse(worker, said["fault"])
            return
        error = error_from_data(said["closed"])
        if isinstance(error, _COURSES):
            raise error
        self._refuse(worker, in_one_line(error))

    def _refuse(self, worker: ClusterWorker, reason: str) -> None:
        self._lose(worker, told=False)
        self.refused[worker.address, worker.folder] = f"{worker}: {reason}"
        self._tell(f"Worker {worker} gets nothing to grade: {reason}")

    def _lose(self, worker: ClusterWorker, *, told: bool = True) -> None:
        del self._workers[worker.address, worker.folder]
        returned = [seat.attempt for seat in worker.seats if seat.attempt]
        self.returned += returned
        if told:
            self._lost_trying += not any(seat.is_open for seat in worker.seats)
            others = f"; what it was at goes to another: {len(returned)}" if returned else ""
            self._tell(f"Worker {worker} was lost{others}.")


def _gone(found: str) -> GraderFault:
    todo = "start it and its workers again; the same command goes on from there"
    return GraderFault("the cluster's scheduler cannot be reached any more", found=found, todo=todo)


def _words(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] == "grader":
        return f"it has no gradproof, or another version ({error})"
    return f"{type(error).__name__}: {error}"
