"""The pool of a cluster: whoever is free grades the next submission, and what a lost worker had goes to another."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from distributed import Client

from grader.cluster.connection import connected
from grader.cluster.crew import Crew, Seat
from grader.cohort.reports import GradingAttempt, Order, Report, failure_as_data, report_from_data
from grader.core.errors import GraderFault, StaffError
from grader.course.folder import Course
from grader.intake.parcel import packed
from grader.intake.stage import Parcel, Place

LOOK_SECONDS = 0.5
# So many workers may be lost that were at one submission: it may be what they are lost by.
MOST_LOST = 10


@contextmanager
def opened_cluster(address: str, wait: float, tell: Callable[[str], None]) -> Iterator[ClusterPool]:
    """Give the pool of the cluster whose scheduler is at an address; what it has there ends with the block.

    A run ends after no worker could grade for `wait` seconds; `tell` is told of workers that come, go or are refused.
    Raises UsageError where there is no scheduler.
    """
    with connected(address) as client:
        pool = ClusterPool(client, address, wait, tell)
        try:
            yield pool
        finally:
            pool.close()


@dataclass
class ClusterPool:
    """The workers of a cluster, as a `grader.cohort.reports.Pool`."""

    client: Client
    address: str
    wait: float
    tell: Callable[[str], None]
    _crew: tuple[Order, Crew] | None = None

    def reports(self, order: Order, places: Sequence[Place], *, apart: bool = False) -> Generator[Report, None, None]:
        """Yield a report for each place, as `Pool` says; raises GraderFault if no worker is left that can grade."""
        if not places:
            return
        if self._crew is None or self._crew[0] != order:  # for all rounds of a run workers are tried once
            self.close()
            self._crew = order, Crew(self.client, order, self.tell)
        yield from _Dispatch(self, self._crew[1], order, places).reports(apart=apart)

    def close(self) -> None:
        """End what is under way on the cluster."""
        if self._crew is not None:
            self._crew[1].close()
        self._crew = None


class _Dispatch:
    """Some submissions on their way to workers and back."""

    def __init__(self, pool: ClusterPool, crew: Crew, order: Order, places: Sequence[Place]) -> None:
        self._pool = pool
        self._crew = crew
        self._also = Course.find(order.course).rubric(order.assignment).work_files
        self._waiting = deque(GradingAttempt(place) for place in places)
        self._lost = Counter[Place]()
        self._usable = time.monotonic()

    def reports(self, *, apart: bool) -> Generator[Report, None, None]:
        crew = self._crew
        while self._waiting or crew.is_busy:
            while self._waiting and (seat := crew.idle(apart=apart)) is not None:
                yield from self._handed(seat, self._waiting.popleft())
            crew.wait(LOOK_SECONDS)
            yield from self._returned()
            yield from self._answered()
            self._demand_workers()

    def _handed(self, seat: Seat, attempt: GradingAttempt) -> Iterator[Report]:
        """Hand a submission over; yield the report of one that cannot be packed."""
        try:
            parcel = packed(_place(attempt), self._also)
        except StaffError:
            raise
        except Exception as error:
            yield from self._settled(attempt, report_from_data(_place(attempt), failure_as_data(error)))
            return
        self._crew.hand(seat, attempt, parcel)

    def _returned(self) -> Iterator[Report]:
        """Take back what lost workers were at: first in the row, lest it wait for all others."""
        while self._crew.returned:
            attempt = self._crew.returned.pop()
            place = _place(attempt)
            self._lost[place] += 1
            if self._lost[place] < MOST_LOST:
                self._waiting.appendleft(attempt)
            else:
                yield Report(place, fault=f"{MOST_LOST} workers of the cluster were lost while they graded this")

    def _answered(self) -> Iterator[Report]:
        while self._crew.answers:
            attempt, said = self._crew.answers.pop(0)
            yield from self._settled(attempt, report_from_data(_place(attempt), said))

    def _settled(self, attempt: GradingAttempt, report: Report) -> Iterator[Report]:
        """Yield the report, unless another attempt is to be made."""
        following = attempt.after(report)
        if following is None:
            yield report
        else:
            self._waiting.appendleft(following)

    def _demand_workers(self) -> None:
        if self._crew.is_usable:
            self._usable = time.monotonic()
        if time.monotonic() - self._usable < self._pool.wait:
            return
        raise GraderFault(
            f"no worker of the cluster could grade for {self._pool.wait:g} s",
            where=self._pool.address,
            found="\n         ".join(self._crew.refused.values()) or "the scheduler has no workers",
            todo="start workers (docs/cluster.md); the same command goes on from here, since what is graded is kept",
        )


def _place(attempt: GradingAttempt) -> Place:
    assert not isinstance(attempt.path, Parcel)  # here hand-ins lie in the inbox
    return attempt.path
