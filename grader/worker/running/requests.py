"""What a check can request of a student's program: one class for each verb.

Both ends share a class. The trusted end creates a request, sends its fields as values of the wire, and interprets the
reply; the student's side recreates the request from what arrived, and performs it. A new verb is a new class here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from ..wire.codec import WireError

if TYPE_CHECKING:
    from .dispatch import Dispatcher

R = TypeVar("R")
Target = tuple[str] | tuple[int, str]
# The number that stands for the program itself; objects count from 1.
PROGRAM = 0
NAME_LIMIT = 80


class Answer(NamedTuple):
    """The result of a call, and the positional arguments as it left them, if requested.

    `changed` contains the arguments that have changed, by position or keyword, in their present state; `names` are the
    student's function's own names for them, as far as known.
    """

    result: object
    left: tuple[object, ...] = ()
    changed: Mapping[int | str, object] = {}
    names: Mapping[int | str, str] = {}


@dataclass(frozen=True)
class Request(Generic[R]):
    """A request to a program. `replayed` says whether it can be made to known work again, to compare answers."""

    verb: ClassVar[str]
    replayed: ClassVar[bool] = True
    verbs: ClassVar[dict[str, type[Request[Any]]]] = {}

    def __init_subclass__(cls, verb: str = "") -> None:
        if verb:
            cls.verb = verb
            Request.verbs[verb] = cls

    @property
    def wanted(self) -> str | None:
        """The name of the submission that is requested, None if it is about something else."""
        return None

    def parts(self) -> list[object]:
        """Return the fields, in the order in which they cross and `of` takes them."""
        names: tuple[str, ...] = self.__match_args__
        return [getattr(self, name) for name in names]

    @staticmethod
    def of(verb: str, parts: Sequence[Any]) -> Request[Any]:
        """Return the request that has arrived."""
        return Request.verbs[verb](*parts)

    def watched(self, watch: Callable[[object], object]) -> Self:
        """Return the same request with `watch` applied to each value in which the check passes in a function."""
        return self

    def perform(self, program: Dispatcher) -> object:
        """Do what is requested, on the student's side."""
        raise NotImplementedError

    def taken(self, reply: Any) -> R:
        """Return the result in a reply. Raises WireError, with words for a person, if it cannot be an answer."""
        raise NotImplementedError


@dataclass(frozen=True)
class Call(Request[Answer], verb="call"):
    """Call a function of the program, ``(name,)``, or a method of an object that stayed there, ``(handle, name)``."""

    target: Target
    args: list[object]
    kwargs: dict[str, object]
    keep_arguments: bool = False

    @property
    def wanted(self) -> str | None:
        """The function's name."""
        return self.target[0] if len(self.target) == 1 else None

    def watched(self, watch: Callable[[object], object]) -> Self:
        """Watch each argument."""
        kwargs = {name: watch(value) for name, value in self.kwargs.items()}
        return type(self)(self.target, list(map(watch, self.args)), kwargs, self.keep_arguments)

    def perform(self, program: Dispatcher) -> object:
        """Return the result, the arguments that were left, those that were changed, and their names."""
        return program.answer(self.target, self.args, self.kwargs, keep_arguments=self.keep_arguments)

    def taken(self, reply: Any) -> Answer:
        """Return the answer to the call."""
        match reply:
            case [result, list(left), dict(changed), dict(names)]:
                texts = [key for key in (*changed, *names) if isinstance(key, str)] + list(names.values())
                if all(isinstance(text, str) and text.isidentifier() and len(text) <= NAME_LIMIT for text in texts):
                    return Answer(result, tuple(left), changed, names)
        raise WireError("the worker answered a call with something else")


@dataclass(frozen=True)
class Repeat(Request[list[object]], verb="repeat"):
    """Call repeatedly, each time with the last result and the next of `seconds`, by `order`.

    There are fewer results after one that is not an array of finite real numbers of `first`'s shape.
    """

    target: Target
    first: object
    seconds: list[object]
    order: list[int]

    @property
    def wanted(self) -> str | None:
        """The function's name."""
        return self.target[0] if len(self.target) == 1 else None

    def watched(self, watch: Callable[[object], object]) -> Self:
        """Watch each second argument."""
        return type(self)(self.target, self.first, list(map(watch, self.seconds)), self.order)

    def perform(self, program: Dispatcher) -> object:
        """Return all results."""
        return program.repeat(self.target, self.first, self.seconds, self.order)

    def taken(self, reply: Any) -> list[object]:
        """Return all results."""
        if not isinstance(reply, list) or not 1 <= len(reply) <= len(self.order):
            raise WireError("the worker answered repeated calls with something else")
        return reply


@dataclass(frozen=True)
class Read(Request[object], verb="read"):
    """Read an attribute of an object that stayed there; with handle 0, a name of the submission."""

    handle: int
    attribute: str

    @property
    def wanted(self) -> str | None:
        """The name in the program."""
        return self.attribute if self.handle == PROGRAM else None

    def perform(self, program: Dispatcher) -> object:
        """Return the attribute."""
        return program.read(self.handle, self.attribute)

    def taken(self, reply: Any) -> object:
        """Return the attribute, which may be anything."""
        return reply


@dataclass(frozen=True)
class MakePath(Request[str], verb="path"):
    """Ask where student code should write a file of this name: in a private folder with nothing else in it."""

    replayed = False  # writing a file takes long
    name: str

    def perform(self, program: Dispatcher) -> object:
        """Return the path."""
        return program.written.path(self.name)

    def taken(self, reply: Any) -> str:
        """Return the path."""
        if not isinstance(reply, str):
            raise WireError("the worker answered for a file with something else")
        return reply


@dataclass(frozen=True)
class ReadFile(Request[bytes | None], verb="file"):
    """Read the file at a path from `MakePath`: its bytes, cut off after a limit; None if it does not exist."""

    replayed = False
    path: str

    def perform(self, program: Dispatcher) -> object:
        """Return the bytes."""
        return program.written.read(self.path)

    def taken(self, reply: Any) -> bytes | None:
        """Return the bytes."""
        if reply is not None and not isinstance(reply, bytes):
            raise WireError("the worker answered for a file with something else")
        return reply


@dataclass(frozen=True)
class ListFolder(Request[dict[str, int]], verb="folder"):
    """List a folder, such as that of a path from `MakePath`: what is in it, and when it was written."""

    replayed = False
    path: str

    def perform(self, program: Dispatcher) -> object:
        """Return the times by name."""
        return program.written.listed(self.path)

    def taken(self, reply: Any) -> dict[str, int]:
        """Return the times by name."""
        if not isinstance(reply, dict) or not all(type(k) is str and type(v) is int for k, v in reply.items()):
            raise WireError("the worker answered for a folder with something else")
        return reply
