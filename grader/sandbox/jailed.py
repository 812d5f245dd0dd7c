"""The grader's side of `submission`: one question of one submission, behind the jail.

A worker is forked when first needed, and again after one has ended; what fails while loading is determined once and
charged to every check without trying again. A question's first worker reads what the plan of its submission lacks,
before it runs any of it; all workers load it by that plan. Before a crash or a shortage is charged, the engine's own
sample is tried (`grader.sandbox.owner`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from grader.checks.asking.channel import (
    Aborted,
    Channel,
    Elsewhere,
    HandedOver,
    StudentStopped,
    demand_listed,
    student_error,
)
from grader.core.errors import GraderFault, StaffError
from grader.core.outcome import Outcome, Owner
from grader.course.question_spec import QuestionSpec
from grader.sandbox.bounded import bounded
from grader.sandbox.connection import Connection
from grader.sandbox.limits import MEBI, Budget, Limits
from grader.sandbox.warm import WorkerProcess
from grader.worker.running.preparing import Draw, Load, Preparation
from grader.worker.running.program import is_source
from grader.worker.running.requests import Request
from grader.worker.running.statements import WHOLE_SHARE
from grader.worker.wire import codec as wire

R = TypeVar("R")
PLAN_LIMIT = 8 * MEBI
SLOW_LIMIT = 1000


class Plan:
    """What workers made of a submission's files before they ran any: bytes, opened only in workers."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        # Statements that took too long when a whole program was run, as (file, number).
        self.slow: set[tuple[str, int]] = set()

    def holds(self, files: tuple[str, ...]) -> bool:
        """Return whether the plan has all of a submission's scripts and notebooks."""
        return all(label in self.files for label in files if is_source(label))

    def remember(self, slow: Any) -> None:
        """Record which statements a worker reports as too slow, while there is room; ignore anything else."""
        for place in slow if type(slow) is list else ():
            if type(place) in (list, tuple) and [type(part) for part in place] == [str, int]:
                label, number = place
                if len(label) + len(self.slow) < SLOW_LIMIT:
                    self.slow.add((label, number))

    def add(self, files: Any) -> None:
        """Add what a worker returned, while there is room. Raises StudentStopped if it is not part of a plan."""
        if type(files) is not dict or not all(type(k) is str and type(v) is bytes for k, v in files.items()):
            raise StudentStopped("crashed", "the worker returned something other than a plan")
        for label, data in files.items():
            if sum(map(len, self.files.values())) + len(data) <= PLAN_LIMIT:
                self.files.setdefault(label, data)


@dataclass(frozen=True)
class SentProgram:
    """What a worker loads: the submission's folder as it sees it, its files, and what the question asks for.

    A `whole` program is run from its first statement to its last, otherwise only what the names depend on.
    """

    root: str
    files: tuple[str, ...]
    question: QuestionSpec
    whole: bool = False


class JailedQuestion(Channel):
    """A channel to one question's worker, with the same value semantics as in process.

    `sample` returns why the engine's own sample does not work at the moment, '' if it does.
    """

    def __init__(
        self,
        fork: Callable[[Elsewhere | None], WorkerProcess],
        program: SentProgram,
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
        self._handed_over = HandedOver()
        self._fresh = False
        self.differs = False
        self._homes: dict[str, str] = {}

    @property
    def printed(self) -> str:
        """What the student's code printed during the present check, shortened if it is long."""
        return self._connection.printed if self._connection else ""

    @property
    def homes(self) -> Mapping[str, str]:
        """The file of the submission in which each name was found, once something has been requested."""
        return self._homes

    def ask(self, request: Request[R]) -> R:
        """Perform a request in the jail."""
        demand_listed(request, self._program.question.names)
        reply = self._ask(request)
        try:
            return request.taken(reply)
        except wire.WireError as error:
            self.close()
            raise StudentStopped("crashed", str(error)) from error

    @contextmanager
    def elsewhere(self, how: Elsewhere) -> Iterator[Channel]:
        """Yield a channel to the same code in a worker of its own, whose time is counted separately."""
        self.close()  # the workers of a warm process write to one folder: with two, one would lose its files
        files = tuple(file for file in self._program.files if file not in how.without)
        question = replace(self._program.question, names=how.names)
        program = replace(self._program, files=files, question=question)
        other = JailedQuestion(self._fork, program, self._limits, self._budget, self._plan, self._sample, how)
        with _taken_away(Path(program.root), how.without):
            try:
                yield other
            finally:
                other.close()

    def reset(self) -> None:
        """Begin a new check: forget handles, restart the clocks."""
        self._handed_over.forget()
        self._fresh = True
        if self._connection is not None and self._connection.alive:
            self._connection.start_watch()

    def close(self) -> None:
        """End the worker; the next call gets a fresh one, unless loading has failed before."""
        if self._connection is not None:
            self._connection.close()

    def _ask(self, request: Request[Any]) -> object:
        with self._blamed():
            connection = self._open()
            try:
                kind, value = connection.request(request, self._fresh, self._handed_over.refer, self._call_back)
                self._fresh = False
            except BaseException:
                connection.close()  # the worker is in the middle of a call; what a callback raised is the check's
                raise
            if kind == "error":
                self._demand_enough(value)
                raise student_error(value)
        return value

    @contextmanager
    def _blamed(self) -> Iterator[None]:
        """Attribute what ends a check to its owner: to the student only if it is nobody else's."""
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
            self.close()  # what it holds must not be missing for the sample
            self._demand_sample("the code ran out of memory, threads or disk space")

    def _demand_sample(self, ending: str) -> None:
        """Raise Aborted if the engine's own sample does not work either."""
        if problem := self._sample():
            raise Aborted(Owner.MACHINE, f"{ending}; the grader's own sample does not work here either: {problem}")

    def _open(self) -> Connection:
        if self._load_failure is not None:
            raise self._load_failure
        if self._connection is None or not self._connection.alive:
            self._connection = Connection(self._fork(self._how), self._limits, self._budget)
            self._load(self._connection)
        return self._connection

    def _load(self, connection: Connection) -> None:
        connection.start_watch()
        program, question = self._program, self._program.question
        what = (program.root, list(program.files), question.module, list(question.names))
        try:
            if not self._is_planned and not self._plan.holds(program.files):
                self._plan.add(self._prepare(connection, Draw(*what, self._plan.files)))
                self._is_planned = True
            seconds = self._limits.cpu_seconds * WHOLE_SHARE
            whole = [seconds, [list(place) for place in sorted(self._plan.slow)]] if program.whole else None
            request = Load(*what, self._plan.files, list(question.forbidden), whole)
            self._learn(self._prepare(connection, request))
        except StudentStopped as stopped:
            connection.close()
            if stopped.outcome == Outcome.CRASHED:
                self._demand_sample(stopped.message)
            self._load_failure = stopped
            raise
        connection.start_watch()

    def _learn(self, told: Any) -> None:
        """Record what a worker reports about the program that it loaded: it can only affect the student."""
        differs, homes, slow = told if type(told) is list and len(told) == 3 else (False, None, None)
        self._plan.remember(slow)
        self.differs = differs is True
        texts = homes.items() if type(homes) is dict else ()
        self._homes = {
            name: file
            for name, file in texts
            if type(name) is type(file) is str and name in self._program.question.names and file in self._program.files
        }

    def _prepare(self, connection: Connection, request: Preparation) -> object:
        kind, value = connection.request(request, False, self._handed_over.refer, self._call_back)
        if kind == "error":
            self._demand_enough(value)
            raise student_error(value, while_loading=True)
        return value

    def _call_back(self, number: Any, args: Any, kwargs: Any) -> object:
        function = self._handed_over.function(number)
        if function is None or type(args) is not list or type(kwargs) is not dict:
            raise StudentStopped("crashed", "the worker called something back that was never passed in")
        if not all(type(key) is str for key in kwargs):
            raise StudentStopped("crashed", "the worker called back with arguments that have no names")
        with bounded(self._limits.cpu_seconds):
            return function(*args, **kwargs)


@contextmanager
def _taken_away(folder: Path, files: Collection[str]) -> Iterator[None]:
    """Move files of a staged submission away for a while, to where no worker can read them."""
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
