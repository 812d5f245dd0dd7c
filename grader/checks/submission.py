"""How a check talks to a student's code, wherever that code runs.

A check asks for the fixture `submission` and calls the student's functions as attributes:
`submission.bowl(point)`. What comes back is an inert value, or a `StudentObject` for anything that
must stay with the student's code (an optimizer, a model). Arguments may be inert values, student
objects, and callables of the check's own, which are called back.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import numpy as np

from grader.channel import Channel, Elsewhere, Target
from grader.checks.calls import Call, Repeated
from grader.checks.changes import Changes
from grader.checks.code import Coded
from grader.checks.failing import CheckFailed
from grader.checks.handed_in import HandedIn
from grader.checks.told import Told
from grader.errors import GraderFault
from grader.sheets import Sheet
from grader.worker.dispatch import MODELS
from grader.worker.wire import Affine, Handle
from grader.worker.written import FILE_LIMIT

SNIPPET_LIMIT = 30
KEPT_LIMIT = 16 * 1024 * 1024
Request = Literal["call", "repeat", "read", "path", "file", "elsewhere"]
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,50}(\.[A-Za-z0-9]{1,8})?")
INERT = frozenset({type(None), bool, int, float, str, bytes, np.ndarray})  # most of what comes, and crosses as it is


class Described(ABC):
    """A value of a check's that crosses as data."""

    @abstractmethod
    def as_data(self) -> object:
        """Return what crosses in its place."""


class AffineFunction(Described):
    """A callable of a check's that crosses as data: it is called on the student's side, unwatched."""

    @abstractmethod
    def as_data(self) -> Affine:
        """Return its coefficients."""


class StudentObject(Coded):
    """An object that stays with the student's code; its methods are called like one's own."""

    def __init__(self, submission: Submission, handle: Handle, name: str) -> None:
        self._submission = submission
        self._handle = handle
        self._name = name

    def __getattr__(self, method: str) -> Callee:
        if method.startswith("__"):
            raise AttributeError(method)
        return Callee(self._submission, (self._handle.number, method), f"{self._name}.{method}")

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Return what the object returns when it is called itself, as models are."""
        __tracebackhide__ = True
        return Callee(self._submission, (self._handle.number, "__call__"), self._name)(*args, **kwargs)

    def seen_by(self, work: str, *more: object) -> Any:
        """Return what a function of the engine's own work, called on the student's side, sees of the object."""
        __tracebackhide__ = True
        return self._submission.engine_work(work)(self, *more)

    def __bool__(self) -> bool:
        # `assert submission.is_sorted(x)` must not pass for whatever object comes back.
        raise TypeError(f"a {self._handle.type_name} came back, which is neither true nor false")

    def __repr__(self) -> str:
        return f"<{self._handle.type_name} of the submission>"

    def _code(self) -> str:
        return self._name


class Callee(Coded):
    """A function or method of the student's."""

    def __init__(self, submission: Submission, target: Target, name: str) -> None:
        self._submission = submission
        self._target = target
        self._name = name

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Return what the student's function returns."""
        __tracebackhide__ = True
        return self._submission.perform(self._target, self._name, args, kwargs, keep_arguments=False)[0]

    def with_arguments(self, *args: object, **kwargs: object) -> tuple[Any, tuple[Any, ...]]:
        """Return the result and the positional arguments as the student's function left them."""
        __tracebackhide__ = True
        return self._submission.perform(self._target, self._name, args, kwargs, keep_arguments=True)

    def by_way_of(self, work: str, *more: object) -> Any:
        """Return what a function of the engine's own work makes of this one, calling it on the student's side."""
        __tracebackhide__ = True
        return self._submission.engine_work(work)(self, *more)

    def repeated(self, first: object, seconds: Sequence[object]) -> list[Any]:
        """Return the results of ``f(first, seconds[0])``, then ``f(that result, seconds[1])``, and so on.

        The last result is the first one that is no array of finite real numbers of `first`'s shape, if there
        is such: whether to go on from it is the caller's to say. `seconds` must not be empty.
        """
        __tracebackhide__ = True
        return self._submission.perform_repeatedly(self._target, self._name, first, seconds)

    def __repr__(self) -> str:
        return self._name

    def _code(self) -> str:
        return self._name


class Submission:
    """The student's work as a check sees it.

    `channel` is exchanged by whoever runs the checks. The calls of the present example are
    remembered, so that a failure can show the few lines of Python that reproduce it.
    """

    def __init__(self, channel: Channel | None = None) -> None:
        self._channel = channel
        self._handed_in: HandedIn | None = None
        self._calls: list[Call] = []
        self._paths: dict[str, str] = {}
        self._under_way = False
        self.changes = Changes()
        self.kept: dict[str, bytes] = {}
        self.told = Told()
        self.asked_for: set[str] = set()

    def __getattr__(self, name: str) -> Callee:
        if name.startswith("_"):
            raise AttributeError(name)
        self.asked_for.add(name)
        return Callee(self, (name,), name)

    def engine_work(self, name: str) -> Callee:
        """Return the engine's own work of that name, of `grader.worker.props` or `lending`, on the student's side."""
        return Callee(self, (MODELS, name), name)

    def __repr__(self) -> str:
        return "<submission>"

    def handed_in(self, name: str) -> str:
        """Return the text of a file of the submission, wherever in it that lies.

        Where there is none the check ends as not implemented. What is no text comes as odd characters.
        """
        __tracebackhide__ = True
        return self._files().text(name)

    def files_holding(self, texts: Collection[str]) -> tuple[str, ...]:
        """Return the names of those files of the submission, sources apart, in which one of `texts` stands."""
        return self._files().holding(texts)

    @contextmanager
    def elsewhere(
        self, *names: str, without: Collection[str] = (), plain: bool = False, samples: str = ""
    ) -> Iterator[Submission]:
        """Give the same work in a new process, to be asked for `names` only: see `grader.channel.Elsewhere`.

        What is called there is no part of the lines that reproduce a failure. Objects of the submission's that the
        check holds may be gone afterwards.
        """
        how = Elsewhere(names, tuple(without), plain, samples)
        with self._ask("elsewhere", how) as channel:
            other = Submission(channel)
            other._handed_in = self._handed_in
            yield other

    @property
    def roll(self) -> str | None:
        """The student's roll number: by the name of what was handed in, else by an answer sheet in it, else None."""
        return self._handed_in.roll if self._handed_in else None

    @property
    def lot(self) -> bytes:
        """What is drawn by where not all can be looked at: a keyed digest of the roll number, or b"" without either."""
        return self._handed_in.lot if self._handed_in else b""

    @property
    def sheet(self) -> Sheet:
        """The answer sheet of the question; for `grader` a `Marked` one. Not handed in: not implemented."""
        __tracebackhide__ = True
        return self._files().sheet

    def _files(self) -> HandedIn:
        if self._handed_in is None:
            raise RuntimeError("the submission fixture was asked for files where none were handed in")
        return self._handed_in

    def read(self, student_object: StudentObject, attribute: str) -> Any:
        """Return an attribute of a student's object, e.g. ``submission.read(optimizer, "t")``."""
        __tracebackhide__ = True
        value = self._ask("read", student_object._handle.number, attribute)
        return self._take(value, f"{student_object._name}.{attribute}")

    def path(self, name: str) -> str:
        """Return where the student's function is to write a file; `file` reads it by the same name.

        The path lies in a private folder with nothing else in it. Asked again, also for the same name, it is another.
        """
        __tracebackhide__ = True
        path = _Path(self._ask("path", _demand_plain(name)))
        path.name = name
        self._paths[name] = path
        return path

    def file(self, name: str) -> bytes:
        """Return what the student's function wrote to ``path(name)``; CheckFailed where that is no file of its size.

        The bytes are a stranger's: no check decodes them in its own process (`grader.checks.gifs` does not).
        """
        __tracebackhide__ = True
        content: bytes | None = self._ask("file", str(self._paths[name]))
        if content is None:
            raise CheckFailed("no file was written at the path that was given")
        if len(content) > FILE_LIMIT:
            raise CheckFailed(f"the file is larger than {FILE_LIMIT >> 20} MiB")
        return content

    def keep(self, name: str, data: bytes) -> None:
        """Keep a file for the person who marks by hand; `grader run` and `grader batch` write it below ``kept/``."""
        if sum(map(len, [*self.kept.values(), data])) > KEPT_LIMIT or len(data) > FILE_LIMIT:
            raise ValueError(f"a check can keep files of {KEPT_LIMIT >> 20} MiB in all, none above {FILE_LIMIT >> 20}")
        self.kept[_demand_plain(name)] = data

    def perform(
        self,
        target: Target,
        name: str,
        args: tuple[object, ...],
        kwargs: dict[str, object],
        *,
        keep_arguments: bool,
    ) -> tuple[Any, tuple[Any, ...]]:
        """Call through the channel, remember the call, wrap what comes back."""
        __tracebackhide__ = True
        call = Call(name, args, kwargs, engine=target[0] == MODELS)
        self._calls.append(call)
        inside: Any = self._give([list(args), kwargs])
        answer = self._ask("call", target, tuple(inside[0]), inside[1], keep_arguments=keep_arguments)
        if answer.changed and not keep_arguments:
            self.changes.charge(str(target[-1]), args, kwargs, answer)
        result = answer.result
        first = _first_handle(result)
        if first is not None:
            call.variable = self._new_variable(first.type_name if first is result else "result")
        arguments = [self._take(value, f"argument{number}") for number, value in enumerate(answer.left)]
        return self._take(result, call.variable), tuple(arguments)

    def perform_repeatedly(self, target: Target, name: str, first: object, seconds: Sequence[object]) -> list[Any]:
        """Call again and again through the channel in one go, remember that, wrap what comes back."""
        __tracebackhide__ = True
        self._calls.append(Repeated(name, (first, seconds), {}))
        distinct = list({id(second): second for second in seconds}.values())
        place = {id(second): index for index, second in enumerate(distinct)}
        order = [place[id(second)] for second in seconds]
        inside: Any = self._give([first, distinct])
        results = self._ask("repeat", target, *inside, order)
        return [self._take(result, "point") for result in results]

    def begin(
        self, channel: Channel | None = None, handed_in: HandedIn | None = None, changes: Changes | None = None
    ) -> None:
        """Start a new check (with a channel, and what was handed in) or a new example of the same check (without).

        `changes` knows what the question's functions may change, and what was charged for it before.
        """
        self._handed_in = handed_in or self._handed_in
        self.changes = changes or self.changes
        if channel is not None:
            self._channel = channel
            channel.reset()
            self.kept, self.told = {}, Told()
        self._calls = []

    @property
    def called(self) -> str:
        """The function or method of the student's that was called last, by the name that the check knows it by."""
        own = [call.name for call in self._calls if not call.engine]
        return own[-1].rpartition(".")[2] if own else ""

    def snippet(self) -> str:
        """Return the calls of the present example as lines of Python."""
        calls, more = self._calls, len(self._calls) - SNIPPET_LIMIT
        if more <= 0:
            return "\n".join(call.as_code() for call in calls)
        first, last = ([call.as_code() for call in part] for part in (calls[:3], calls[4 - SNIPPET_LIMIT :]))
        return "\n".join([*first, f"...  # {more + 1} more calls", *last])

    def _ask(self, what: Request, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True  # pytest leaves such frames out: what is below them is the student's
        if self._channel is None:
            raise RuntimeError("the submission fixture was used outside a check")
        if self._under_way:
            raise GraderFault(
                "a callable that a check passed in called the submission, which was waiting for it",
                todo="pass the student's function itself (submission.gradient), or call it before",
            )
        self._under_way = True
        try:
            return getattr(self._channel, what)(*args, **kwargs)
        finally:
            self._under_way = False

    def _give(self, value: object) -> object:
        """Return what crosses to the student's side in place of `value`."""
        if type(value) in INERT:
            return value
        if isinstance(value, StudentObject):
            return value._handle
        if isinstance(value, Callee):
            number, name = value._target if len(value._target) == 2 else (0, *value._target)
            return self._ask("read", number, name)
        if isinstance(value, Described):
            return value.as_data()
        if isinstance(value, _Path):
            return str(value)
        if callable(value):
            return self._called_back(value)
        return _mapped(value, lambda item, _: self._give(item))

    def _take(self, value: object, name: str) -> Any:
        """Return what a check sees in place of what came from the student's side; `name` is for snippets."""
        if isinstance(value, Handle):
            return StudentObject(self, value, name)
        if _first_handle(value) is None:
            return value
        return _mapped(value, lambda item, key: self._take(item, f"{name}[{key!r}]"))

    def _called_back(self, function: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            taken: Any = self._take([list(args), kwargs], "argument")
            return self._give(function(*taken[0], **taken[1]))

        return call

    def _new_variable(self, type_name: str) -> str:
        word = type_name.rpartition(".")[2].lower()
        base = word if word.isidentifier() else "result"
        taken = sum(call.variable.startswith(base) for call in self._calls)
        return f"{base}{taken + 1}" if taken else base


class _Path(str):
    """A path on the student's side, shown by its name: the folder is gone when somebody reproduces the call."""

    name = ""

    def __repr__(self) -> str:
        return repr(self.name)


def _demand_plain(name: str) -> str:
    """Return the name of a file; ValueError for one that could lead elsewhere or trip a program over."""
    if not PLAIN_NAME.fullmatch(name):
        raise ValueError(f"{name!r:.80} is no plain name of a file, such as paths.gif")
    return name


def _mapped(value: object, change: Callable[[object, object], object]) -> object:
    """Return a list, tuple or dict with all items changed, by item and place; anything else as it is."""
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
