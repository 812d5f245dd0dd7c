"""The grader's side of `submission`: one question of one submission, behind the jail.

A worker is forked when first needed and again after one has ended; what fails while loading is
found once and charged to every check without trying again. A question's first worker reads what the
plan of its submission lacks, before it runs any of it; by that plan all workers load it. Before a crash or a
shortage is charged, the engine's own sample is tried (`grader.jail.owner`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from grader.channel import (
    Aborted,
    Answer,
    Channel,
    Elsewhere,
    StudentStopped,
    Target,
    answer_of,
    demand_listed,
    student_error,
)
from grader.errors import GraderFault, StaffError
from grader.jail.bounded import bounded
from grader.jail.connection import Connection
from grader.jail.limits import MEBI, Budget, Limits
from grader.jail.warm import WorkerProcess
from grader.outcome import Outcome, Owner
from grader.worker import wire
from grader.worker.dispatch import PROGRAM
from grader.worker.program import is_source
from grader.worker.running import WHOLE_SHARE

T = TypeVar("T")
PLAN_LIMIT = 8 * MEBI
SLOW_LIMIT = 1000


class Plan:
    """What workers made of a submission's files before they ran any: bytes, opened in workers only."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        # Statements that took too long when all of a program was run, as (file, number).
        self.slow: set[tuple[str, int]] = set()

    def holds(self, files: tuple[str, ...]) -> bool:
        """Tell whether none of a submission's scripts and notebooks is missing."""
        return all(label in self.files for label in files if is_source(label))

    def remember(self, slow: Any) -> None:
        """Take which statements a worker says to take too long, while there is room; what is nothing such is let go."""
        for place in slow if type(slow) is list else ():
            if type(place) in (list, tuple) and [type(part) for part in place] == [str, int]:
                label, number = place
                if len(label) + len(self.slow) < SLOW_LIMIT:
                    self.slow.add((label, number))

    def add(self, files: Any) -> None:
        """Take what a worker gave, while there is room. Raises StudentStopped if it is no part of a plan."""
        if type(files) is not dict or not all(type(k) is str and type(v) is bytes for k, v in files.items()):
            raise StudentStopped("crashed", "the worker gave something else than a plan")
        for label, data in files.items():
            if sum(map(len, self.files.values())) + len(data) <= PLAN_LIMIT:
                self.files.setdefault(label, data)


@dataclass(frozen=True)
class Program:
    """What a worker is to load: the submission's folder as it sees it, its files, and the names.

    `forbidden` are dotted names of packages that this question does not allow. A `whole` program is run from its
    first statement to its last, else only what the names depend on.
    """

    root: str
    files: tuple[str, ...]
    module: str
    names: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    whole: bool = False


class JailedQuestion:
    """A channel to one question's worker, with the same value semantics as in process.

    `sample` tells why the engine's own sample does not work at the moment, '' if it does.
    """

    def __init__(
        self,
        fork: Callable[[Elsewhere | None], WorkerProcess],
        program: Program,
        limits: Limits,
        budget: Budget,
        plan: Plan | None = None,
        sample: Callable[[], str] = lambda: "",
        how: Elsewhere | None = None,
    ) -> None:
        self._fork = fork
        self._sample = sample
        self._how = how
        self._program = program
        self._limits = limits
        self._budget = budget
        self._connection: Connection | None = None
        self._plan = plan or Plan()
        self._is_planned = False
        self._load_failure: StudentStopped | None = None
        self._callables: list[Callable[..., object]] = []
        self._fresh = False
        self.differs = False
        self.homes: dict[str, str] = {}

    @property
    def printed(self) -> str:
        """What the student's code printed during the present check, bounded."""
        return self._connection.printed if self._connection else ""

    def call(
        self, target: Target, args: tuple[object, ...], kwargs: dict[str, object], *, keep_arguments: bool
    ) -> Answer:
        """Call the student's function in the jail."""
        if len(target) == 1:
            demand_listed(target[0], self._program.names)
        reply = self._ask(["call", list(target), list(args), kwargs, keep_arguments])
        try:
            return answer_of(reply)
        except StudentStopped:
            self.close()
            raise

    def repeat(self, target: Target, first: object, seconds: list[object], order: list[int]) -> list[object]:
        """Call the student's function again and again, in one request."""
        if len(target) == 1:
            demand_listed(target[0], self._program.names)
        reply = self._ask(["repeat", list(target), first, seconds, order])
        if not isinstance(reply, list) or not 1 <= len(reply) <= len(order):
            self.close()
            raise StudentStopped("crashed", "the worker answered repeated calls with something else")
        return reply

    def read(self, handle: int, attribute: str) -> object:
        """Return an attribute of a student's object."""
        if handle == PROGRAM:
            demand_listed(attribute, self._program.names)
        return self._ask(["read", handle, attribute])

    def path(self, name: str) -> str:
        """Return where the student's code is to write a file, as its worker sees it."""
        return self._answer(self._ask(["path", name]), str)

    def file(self, path: str) -> bytes | None:
        """Return what the student's code wrote there."""
        reply = self._ask(["file", path])
        return None if reply is None else self._answer(reply, bytes)

    @contextmanager
    def elsewhere(self, how: Elsewhere) -> Iterator[Channel]:
        """Give a channel to the same code in a worker of its own, whose time counts by itself."""
        self.close()  # the workers of a warm process write to one folder: of two, one would lose its files
        files = tuple(file for file in self._program.files if file not in how.without)
        program = replace(self._program, files=files, names=how.names)
        other = JailedQuestion(self._fork, program, self._limits, self._budget, self._plan, self._sample, how)
        with _taken_away(Path(program.root), how.without):
            try:
                yield other
            finally:
                other.close()

    def reset(self) -> None:
        """Begin a new check: forget handles, count time anew."""
        self._callables.clear()
        self._fresh = True
        if self._connection is not None and self._connection.alive:
            self._connection.start_watch()

    def close(self) -> None:
        """End the worker; the next call gets a fresh one, unless loading has failed before."""
        if self._connection is not None:
            self._connection.close()

    def _ask(self, body: list[Any]) -> object:
        with self._blamed():
            connection = self._open()
            try:
                kind, value = connection.request([self._fresh, *body], self._refer, self._call_back)
                self._fresh = False
            except BaseException:
                connection.close()  # the worker is in mid-call; what a callback raised is the check's
                raise
            if kind == "error":
                self._demand_enough(value)
                raise student_error(value)
        return value

    @contextmanager
    def _blamed(self) -> Iterator[None]:
        """Give what ends a check to whom it belongs: the student only where it is not another's."""
        try:
            yield
        except StudentStopped as stopped:
            if stopped.outcome == Outcome.CRASHED and stopped is not self._load_failure:
                self._demand_sample(stopped.message)
            raise
        except GraderFault as fault:
            raise Aborted(Owner.GRADER, str(fault)) from fault
        except StaffError as error:
            raise Aborted(Owner.STAFF, str(error)) from error

    def _demand_enough(self, description: Any) -> None:
        if isinstance(description, dict) and description.get("shortage"):
            self.close()  # what it holds is not to be what the sample lacks
            self._demand_sample("the code was short of memory, of threads or of room on disk")

    def _demand_sample(self, ending: str) -> None:
        """Raise Aborted if the engine's own sample does not work either."""
        if problem := self._sample():
            raise Aborted(Owner.MACHINE, f"{ending}; the grader's own sample does not work here either: {problem}")

    def _answer(self, reply: object, kind: type[T]) -> T:
        if not isinstance(reply, kind):
            self.close()
            raise StudentStopped("crashed", "the worker answered for a file with something else")
        return reply

    def _open(self) -> Connection:
        if self._load_failure is not None:
            raise self._load_failure
        if self._connection is None or not self._connection.alive:
            self._connection = Connection(self._fork(self._how), self._limits, self._budget)
            self._load(self._connection)
        return self._connection

    def _load(self, connection: Connection) -> None:
        connection.start_watch()
        program = self._program
        what = [program.root, list(program.files), program.module, list(program.names)]
        try:
            if not self._is_planned and not self._plan.holds(program.files):
                self._plan.add(self._prepare(connection, ["plan", *what, self._plan.files]))
                self._is_planned = True
            seconds = self._limits.cpu_seconds * WHOLE_SHARE
            whole = [seconds, [list(place) for place in sorted(self._plan.slow)]] if program.whole else None
            self._learn(self._prepare(connection, ["load", *what, self._plan.files, list(program.forbidden), whole]))
        except StudentStopped as stopped:
            connection.close()
            if stopped.outcome == Outcome.CRASHED:
                self._demand_sample(stopped.message)
            self._load_failure = stopped
            raise
        connection.start_watch()

    def _learn(self, told: Any) -> None:
        """Take what a worker tells of the program that it has loaded: whatever it says costs the student alone."""
        differs, homes, slow = told if type(told) is list and len(told) == 3 else (False, None, None)
        self._plan.remember(slow)
        self.differs = differs is True
        texts = homes.items() if type(homes) is dict else ()
        self.homes = {
            name: file
            for name, file in texts
            if type(name) is type(file) is str and name in self._program.names and file in self._program.files
        }

    def _prepare(self, connection: Connection, body: list[Any]) -> object:
        kind, value = connection.request([False, *body], self._refer, self._call_back)
        if kind == "error":
            self._demand_enough(value)
            raise student_error(value, while_loading=True)
        return value

    def _refer(self, value: object) -> wire.Handle | wire.Callback:
        if isinstance(value, wire.Handle):
            return value
        if not callable(value):
            raise wire.WireError(f"a check passed in a {type(value).__name__}, which cannot cross")
        self._callables.append(value)
        return wire.Callback(len(self._callables) - 1)

    def _call_back(self, number: Any, args: Any, kwargs: Any) -> object:
        known = type(number) is int and 0 <= number < len(self._callables)
        if not known or type(args) is not list or type(kwargs) is not dict:
            raise StudentStopped("crashed", "the worker called something back that was never passed in")
        if not all(type(key) is str for key in kwargs):
            raise StudentStopped("crashed", "the worker called back with arguments that have no names")
        with bounded(self._limits.cpu_seconds):
            return self._callables[number](*args, **kwargs)


@contextmanager
def _taken_away(folder: Path, files: Collection[str]) -> Iterator[None]:
    """Take files of a staged submission away for a while, to where no worker can read."""
    with tempfile.TemporaryDirectory(prefix="away-", dir=folder.parent) as away:
        moved = [(folder / file, Path(away, str(number))) for number, file in enumerate(files)]
        try:
            for file, to in moved:
                file.rename(to)
            yield
        finally:
            for file, to in moved:
                if to.exists():
                    to.rename(file)
