"""How a check talks to a student's code, wherever that code runs.

A check asks for the fixture `submission` and calls the student's functions as attributes:
`submission.bowl(point)`. What comes back is an inert value, or a `StudentObject` for anything that
must stay with the student's code (an optimizer, a model). Arguments may be inert values, student
objects, and callables of the check's own, which are called back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.channel import Channel, Target
from grader.worker.wire import Handle

SNIPPET_LIMIT = 30


class StudentObject:
    """An object that stays with the student's code; its methods are called like one's own."""

    def __init__(self, submission: Submission, handle: Handle, name: str) -> None:
        self._submission = submission
        self._handle = handle
        self._name = name

    def __getattr__(self, method: str) -> Callee:
        if method.startswith("__"):
            raise AttributeError(method)
        return Callee(self._submission, (self._handle.number, method), f"{self._name}.{method}")

    def __repr__(self) -> str:
        return f"<{self._handle.type_name} of the submission>"


class Callee:
    """A function or method of the student's."""

    def __init__(self, submission: Submission, target: Target, name: str) -> None:
        self._submission = submission
        self._target = target
        self._name = name

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Return what the student's function returns."""
        return self._submission.perform(self._target, self._name, args, kwargs, keep_arguments=False)[0]

    def with_arguments(self, *args: object, **kwargs: object) -> tuple[Any, tuple[Any, ...]]:
        """Return the result and the positional arguments as the student's function left them."""
        return self._submission.perform(self._target, self._name, args, kwargs, keep_arguments=True)

    def __repr__(self) -> str:
        return f"<{self._name} of the submission>"


class Submission:
    """The student's work as a check sees it.

    `channel` is exchanged by whoever runs the checks. The calls of the present example are
    remembered, so that a failure can show the few lines of Python that reproduce it.
    """

    def __init__(self, channel: Channel | None = None) -> None:
        self._channel = channel
        self._calls: list[_Call] = []

    def __getattr__(self, name: str) -> Callee:
        if name.startswith("_"):
            raise AttributeError(name)
        return Callee(self, (name,), name)

    def __repr__(self) -> str:
        return "<submission>"

    def read(self, student_object: StudentObject, attribute: str) -> Any:
        """Return an attribute of a student's object, e.g. ``submission.read(optimizer, "t")``."""
        value = self._open().read(student_object._handle.number, attribute)
        return StudentObject(self, value, f"{student_object._name}.{attribute}") if isinstance(value, Handle) else value

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
        call = _Call(name, args, kwargs)
        self._calls.append(call)
        plain = {key: _unwrap(value) for key, value in kwargs.items()}
        result, left = self._open().call(
            target, tuple(_unwrap(value) for value in args), plain, keep_arguments=keep_arguments
        )
        if not isinstance(result, Handle):
            return result, left
        call.variable = self._new_variable(result.type_name)
        return StudentObject(self, result, call.variable), left

    def begin(self, channel: Channel | None = None) -> None:
        """Start a new check (with a channel) or a new example of the same check (without)."""
        if channel is not None:
            self._channel = channel
            channel.reset()
        self._calls = []

    def snippet(self) -> str:
        """Return the calls of the present example as lines of Python."""
        lines = [call.as_code() for call in self._calls]
        if len(lines) > SNIPPET_LIMIT:
            lines = [*lines[:3], f"...  # {len(lines) - SNIPPET_LIMIT + 1} more calls", *lines[4 - SNIPPET_LIMIT :]]
        return "\n".join(lines)

    def _open(self) -> Channel:
        if self._channel is None:
            raise RuntimeError("the submission fixture was used outside a check")
        return self._channel

    def _new_variable(self, type_name: str) -> str:
        word = type_name.rpartition(".")[2].lower()
        base = word if word.isidentifier() else "result"
        taken = sum(call.variable.startswith(base) for call in self._calls)
        return f"{base}{taken + 1}" if taken else base


@dataclass
class _Call:
    """One call as the check made it; `variable` is set once it returned a student's object."""

    name: str
    args: tuple[object, ...]
    kwargs: dict[str, object]
    variable: str = ""

    def as_code(self) -> str:
        words = [_as_code(a) for a in self.args] + [f"{k}={_as_code(v)}" for k, v in self.kwargs.items()]
        call = f"{self.name}({', '.join(words)})"
        return f"{self.variable} = {call}" if self.variable else call


def _unwrap(value: object) -> object:
    if isinstance(value, StudentObject):
        return value._handle
    if isinstance(value, list):
        return [_unwrap(v) for v in value]
    if isinstance(value, tuple):
        return tuple(_unwrap(v) for v in value)
    if isinstance(value, dict):
        return {k: _unwrap(v) for k, v in value.items()}
    return value


def _as_code(value: object, limit: int = 300) -> str:
    if isinstance(value, StudentObject):
        return value._name
    if isinstance(value, np.ndarray):
        text = np.array2string(value, separator=", ", threshold=60, floatmode="unique", max_line_width=10**6)
        text = f"np.array({' '.join(text.split())}, dtype=np.{value.dtype.name})"
    else:
        text = repr(value)
    return text if len(text) <= limit else f"{text[:limit]}…"
