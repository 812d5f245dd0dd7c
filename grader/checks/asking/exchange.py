"""A check's exchange with student code as the engine runs it: the channel, the requests, and the results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

import numpy as np

from grader.checks.asking.calls import CallLog, LoggedCall, LoggedRepeat
from grader.checks.asking.changes import Changes
from grader.checks.asking.channel import Channel, Elsewhere
from grader.checks.asking.handed_in import SubmittedFiles
from grader.checks.asking.objects import Callee, Described, StudentObject
from grader.checks.asking.told import Told, nobody
from grader.core.errors import GraderFault
from grader.worker.running.dispatch import MODELS
from grader.worker.running.requests import Call, Read, Repeat, Request, Target
from grader.worker.wire.codec import Handle

R = TypeVar("R")
T = TypeVar("T")
INERT = frozenset({type(None), bool, int, float, str, bytes, np.ndarray})  # most values, which cross as they are


class RemotePath(str):
    """A path on the student's side, represented by its name: the folder is deleted before anyone repeats the call."""

    name = ""

    def __repr__(self) -> str:
        return repr(self.name)


class Exchange:
    """The engine's side of the fixture `submission`, which it exchanges from check to check.

    It records the calls of the present example, so that a failure can show the few lines of Python that reproduce it;
    the files that the check keeps and the remarks that it makes; and the names that any check has requested. `watcher`
    is called with the progress of every check from the next one on.
    """

    def __init__(self, channel: Channel | None = None, handed_in: SubmittedFiles | None = None) -> None:
        self.channel = channel
        self.handed_in = handed_in
        self.log = CallLog()
        self.changes = Changes()
        self.kept: dict[str, bytes] = {}
        self.told = Told()
        self.watcher = nobody
        self.asked_for: set[str] = set()
        self._under_way = False

    def begin(
        self, channel: Channel | None = None, handed_in: SubmittedFiles | None = None, changes: Changes | None = None
    ) -> None:
        """Start a new check (with a channel, and what was handed in) or a new example of the same check (without).

        `changes` knows what the question's functions may change, and what was charged for it before.
        """
        self.handed_in = handed_in or self.handed_in
        self.changes = changes or self.changes
        if channel is not None:
            self.channel = channel
            channel.reset()
            self.kept, self.told = {}, Told(self.watcher)
        self.log = CallLog()

    @property
    def files(self) -> SubmittedFiles:
        """The files that were handed in."""
        if self.handed_in is None:
            raise RuntimeError("the submission fixture was asked for files, but none were handed in")
        return self.handed_in

    def ask(self, request: Request[R]) -> R:
        """Perform a request on the student's side and return the result."""
        __tracebackhide__ = True  # pytest omits such frames: those below are the student's
        channel = self._begun()
        try:
            return channel.ask(request)
        finally:
            self._under_way = False

    def elsewhere(self, how: Elsewhere) -> AbstractContextManager[Channel]:
        """Return a context manager for a channel to the same code in a process of its own."""
        channel = self._begun()
        try:
            return channel.elsewhere(how)
        finally:
            self._under_way = False

    def _begun(self) -> Channel:
        """Return the channel, on which no other request is possible until this one has been answered."""
        if self.channel is None:
            raise RuntimeError("the submission fixture was used outside a check")
        if self._under_way:
            raise GraderFault(
                "a callable that a check passed in called the submission, which was waiting for it",
                todo="pass the student's function itself (submission.gradient), or call it before",
            )
        self._under_way = True
        return self.channel

    def perform(
        self,
        target: Target,
        name: str,
        args: tuple[object, ...],
        kwargs: dict[str, object],
        *,
        keep_arguments: bool,
    ) -> tuple[Any, tuple[Any, ...]]:
        """Call through the channel, record the call, and wrap the result."""
        __tracebackhide__ = True
        call = self.log.add(LoggedCall(name, args, kwargs, engine=target[0] == MODELS))
        inside: Any = self._give([list(args), kwargs])
        answer = self.ask(Call(target, inside[0], inside[1], keep_arguments))
        if answer.changed and not keep_arguments:
            self.changes.charge(str(target[-1]), args, kwargs, answer)
        result = answer.result
        first = _first_handle(result)
        if first is not None:
            call.variable = self.log.new_variable(first.type_name if first is result else "result")
        arguments = [self.take(value, f"argument{number}") for number, value in enumerate(answer.left)]
        return self.take(result, call.variable), tuple(arguments)

    def perform_repeatedly(self, target: Target, name: str, first: object, seconds: Sequence[object]) -> list[Any]:
        """Make repeated calls through the channel in one request, record them, and wrap the results."""
        __tracebackhide__ = True
        self.log.add(LoggedRepeat(name, (first, seconds), {}))
        distinct = list({id(second): second for second in seconds}.values())
        place = {id(second): index for index, second in enumerate(distinct)}
        order = [place[id(second)] for second in seconds]
        inside: Any = self._give([first, distinct])
        results = self.ask(Repeat(target, inside[0], inside[1], order))
        return [self.take(result, "point") for result in results]

    def _give(self, value: object) -> object:
        """Return what crosses to the student's side in place of `value`."""
        if type(value) in INERT:
            return value
        if isinstance(value, StudentObject):
            return value._handle
        if isinstance(value, Callee):
            number, name = value._target if len(value._target) == 2 else (0, *value._target)
            return self.ask(Read(number, name))
        if isinstance(value, Described):
            return value.as_data()
        if isinstance(value, RemotePath):
            return str(value)
        if callable(value):
            return self._called_back(value)
        return _mapped(value, lambda item, _: self._give(item))

    def take(self, value: object, name: str) -> Any:
        """Return what a check sees in place of a value from the student's side; `name` is for snippets."""
        if isinstance(value, Handle):
            return StudentObject(self, value, name)
        if _first_handle(value) is None:
            return value
        return _mapped(value, lambda item, key: self.take(item, f"{name}[{key!r}]"))

    def _called_back(self, function: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            taken: Any = self.take([list(args), kwargs], "argument")
            return self._give(function(*taken[0], **taken[1]))

        return call


def _mapped(value: object, change: Callable[[object, object], object]) -> object:
    """Return a list, tuple or dict with all items changed, given item and place; anything else as it is."""
    if type(value) is dict:
        return {key: change(item, key) for key, item in value.items()}
    if type(value) is list or type(value) is tuple:
        return type(value)(change(item, index) for index, item in enumerate(value))
    return value


def _first_handle(value: object) -> Handle | None:
    if isinstance(value, Handle):
        return value
    items = value.values() if type(value) is dict else value if type(value) in {list, tuple} else ()
    inner = (item for item in items if type(item) not in INERT)  # type: ignore[attr-defined]
    return next((found for item in inner if (found := _first_handle(item))), None)
