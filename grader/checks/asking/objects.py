"""What a check has of the student's code: functions, objects that stay there, and values that cross as data."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from grader.checks.asking.code import Coded
from grader.worker.running.dispatch import MODELS
from grader.worker.running.requests import Target
from grader.worker.wire.codec import Affine, Handle

if TYPE_CHECKING:
    from grader.checks.asking.exchange import Exchange


class Described(ABC):
    """A value of a check that crosses as data."""

    @abstractmethod
    def as_data(self) -> object:
        """Return what crosses in its place."""


class AffineFunction(Described):
    """A check's callable that crosses as data: it is called on the student's side without the check noticing."""

    @abstractmethod
    def as_data(self) -> Affine:
        """Return its coefficients."""


class StudentObject(Coded):
    """An object that stays with the student's code; its methods are called like those of a local object."""

    def __init__(self, exchange: Exchange, handle: Handle, name: str) -> None:
        self._exchange = exchange
        self._handle = handle
        self._name = name

    def __getattr__(self, method: str) -> Callee:
        if method.startswith("__"):
            raise AttributeError(method)
        return Callee(self._exchange, (self._handle.number, method), f"{self._name}.{method}")

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Return what the object returns when it is called, as models are."""
        __tracebackhide__ = True
        return Callee(self._exchange, (self._handle.number, "__call__"), self._name)(*args, **kwargs)

    def seen_by(self, work: str, *more: object) -> Any:
        """Return what one of the engine's own functions, called on the student's side, sees of the object."""
        __tracebackhide__ = True
        return engine_work(self._exchange, work)(self, *more)

    def __bool__(self) -> bool:
        # `assert submission.is_sorted(x)` must not pass just because some object came back.
        raise TypeError(f"a {self._handle.type_name} came back, which is neither true nor false")

    def __repr__(self) -> str:
        return f"<{self._handle.type_name} of the submission>"

    def _code(self) -> str:
        return self._name


class Callee(Coded):
    """A function or method of the student's."""

    def __init__(self, exchange: Exchange, target: Target, name: str) -> None:
        self._exchange = exchange
        self._target = target
        self._name = name

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Return what the student's function returns."""
        __tracebackhide__ = True
        return self._exchange.perform(self._target, self._name, args, kwargs, keep_arguments=False)[0]

    def with_arguments(self, *args: object, **kwargs: object) -> tuple[Any, tuple[Any, ...]]:
        """Return the result and the positional arguments as the student's function left them."""
        __tracebackhide__ = True
        return self._exchange.perform(self._target, self._name, args, kwargs, keep_arguments=True)

    def by_way_of(self, work: str, *more: object) -> Any:
        """Return what one of the engine's own functions makes of this one, calling it on the student's side."""
        __tracebackhide__ = True
        return engine_work(self._exchange, work)(self, *more)

    def repeated(self, first: object, seconds: Sequence[object]) -> list[Any]:
        """Return the results of ``f(first, seconds[0])``, then ``f(that result, seconds[1])``, and so on.

        If a result is not an array of finite real numbers of `first`'s shape, it is the last one: the caller decides
        whether to continue with it. `seconds` must not be empty.
        """
        __tracebackhide__ = True
        return self._exchange.perform_repeatedly(self._target, self._name, first, seconds)

    def __repr__(self) -> str:
        return self._name

    def _code(self) -> str:
        return self._name


def engine_work(exchange: Exchange, name: str) -> Callee:
    """Return the engine's own function `name` from `worker.running.props` or `lending`, on the student's side."""
    return Callee(exchange, (MODELS, name), name)
