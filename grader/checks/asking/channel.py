"""The channel from a check to student code, on whichever side the code runs, and how an exchange can end."""

from __future__ import annotations

import builtins
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from grader.core.errors import GraderFault
from grader.core.outcome import Owner
from grader.worker.running.requests import Answer, Call, Request, Target
from grader.worker.wire.codec import Callback, Handle, WireError

R = TypeVar("R")
# Raised inside a check's own loops, such as ``all(map(submission.f, points))``, these would end them without an error.
ENDS_LOOPS = (StopIteration, StopAsyncIteration)
ENDS_THE_CHECK = {
    **{outcome: outcome for outcome in ("not_implemented", "out_of_memory", "forbidden")},
    "not_loaded": "raised",
}
TEXT_LIMIT = 8_000


# Read by packages that a course provides: if it is set, they return other samples, or samples of other classes.
SAMPLES = "GRADPROOF_SAMPLES"


@dataclass(frozen=True)
class Elsewhere:
    """How to run student code again in a process of its own.

    `names` are the names that are requested there, and `without` the files of the submission that are missing there.
    With `plain` the process uses only the most basic instructions that its libraries know, so that it rounds
    differently. `samples` says how the packages that the course provides change their samples, e.g. ``other``: see
    ``lab.images``.
    """

    names: tuple[str, ...]
    without: tuple[str, ...] = ()
    plain: bool = False
    samples: str = ""

    def variables(self) -> dict[str, str]:
        """Return the additional environment variables of a worker."""
        return {SAMPLES: self.samples} if self.samples else {}


def plainest() -> dict[str, str]:
    """Return the variables that make a new process use the most basic instructions; libraries read them once."""
    simd: Any = np.show_config(mode="dicts")
    features = simd.get("SIMD Extensions", {}).get("found", []) if isinstance(simd, dict) else []
    return {
        "ATEN_CPU_CAPABILITY": "default", "ONEDNN_MAX_CPU_ISA": "SSE41", "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
        "OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": " ".join(features),
    }  # fmt: skip


class Channel(ABC):
    """A channel to student code: in process for a student's pytest, through the jail for `grader`."""

    @property
    @abstractmethod
    def homes(self) -> Mapping[str, str]:
        """The file of the submission in which each name was found, once something has been requested."""

    @abstractmethod
    def ask(self, request: Request[R]) -> R:
        """Perform a request on the student's side and return the result.

        Raises GraderFault if it requests a name that the question does not list.
        """

    @abstractmethod
    def elsewhere(self, how: Elsewhere) -> AbstractContextManager[Channel]:
        """Return a context manager for a channel to the same code in its own process, which supports only `call`."""

    @abstractmethod
    def reset(self) -> None:
        """Forget all handles: a new check begins."""

    def call(
        self, target: Target, args: Iterable[object], kwargs: dict[str, object], *, keep_arguments: bool = False
    ) -> Answer:
        """Call a function by name, or a method of a handle."""
        __tracebackhide__ = True  # pytest omits such frames: those below are the student's
        return self.ask(Call(target, list(args), kwargs, keep_arguments))


class HandedOver:
    """The functions that a check has passed in, by the numbers that represent them on the student's side."""

    def __init__(self) -> None:
        self._functions: list[Callable[..., object]] = []

    def refer(self, value: object) -> Handle | Callback:
        """Return what crosses in place of a value that cannot. Raises WireError if nothing can."""
        if isinstance(value, Handle):
            return value
        if not callable(value):
            raise WireError(f"a check passed in a {type(value).__name__}, which cannot cross")
        self._functions.append(value)
        return Callback(len(self._functions) - 1)

    def function(self, number: object) -> Callable[..., object] | None:
        """Return the function that a number represents, or None if there is none."""
        return self._functions[number] if type(number) is int and 0 <= number < len(self._functions) else None

    def forget(self) -> None:
        """Forget all functions: a new check begins."""
        self._functions.clear()


class StudentStopped(BaseException):
    """The student's code ended the check: not implemented, timed out, crashed, forbidden, …

    A BaseException, so that neither hypothesis nor a check's own `except Exception` continues. `outcome` is the value
    of a `grader.core.outcome.Outcome`; `student_line` and `traceback` say where it happened; `again` says that the wall
    clock decided, so that the check should be tried once more, alone.
    """

    def __init__(
        self,
        outcome: str,
        message: str,
        *,
        student_line: str = "",
        traceback: str = "",
        again: bool = False,
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message
        self.student_line = student_line
        self.traceback = traceback
        self.again = again


class Aborted(BaseException):
    """A check was ended by something other than the student's code; `owner` is never ``Owner.STUDENT``.

    It says nothing about the submission, and is a BaseException for the same reasons as `StudentStopped`.
    """

    def __init__(self, owner: Owner, message: str) -> None:
        super().__init__(message)
        self.owner = owner
        self.message = message

    @property
    def again(self) -> bool:
        """Whether another attempt may end differently: what staff wrote stays as it is."""
        return self.owner is not Owner.STAFF


class StudentRaised(Exception):
    """An exception of the student's that does not derive from a built-in exception that can be raised here."""


def demand_listed(request: Request[Any], names: Collection[str]) -> None:
    """Raise GraderFault if a check asks for a name that its question does not list."""
    if request.wanted is not None and request.wanted not in names:
        raise GraderFault(
            f"a check calls {request.wanted!r}, which its question does not list",
            expected=f"one of {', '.join(names)}",
            todo="add it to the question's `names` in the rubric",
        )


def student_error(description: Any, *, while_loading: bool = False) -> BaseException:
    """Return the exception that represents the student's in a check.

    `description` is what `grader.worker.running.failure.describe` says about it, and may be forged. A built-in
    exception is represented by itself, one derived from it by that base, with attributes that show that it is the
    student's: `raised_by_student`, `student_message`, `student_line`, `student_traceback`.
    """
    if not isinstance(description, dict) or not all(isinstance(text, str) for text in description.values()):
        return StudentStopped("crashed", "the worker's description of its error cannot be read")
    said = {key: text[:TEXT_LIMIT] for key, text in description.items()}
    outcome, message = said.get("outcome", ""), said.get("message", "")
    line, traceback = said.get("line", ""), said.get("traceback", "")
    if while_loading or outcome in ENDS_THE_CHECK:
        return StudentStopped(ENDS_THE_CHECK.get(outcome, "raised"), message, student_line=line, traceback=traceback)
    error: Any = _of_kind(said.get("builtin", ""), message)
    error.raised_by_student, error.student_message = True, message
    error.student_line, error.student_traceback = line, traceback
    return error  # type: ignore[no-any-return]


def _of_kind(builtin: str, message: str) -> Exception:
    kind = getattr(builtins, builtin, None)
    words = message.partition(": ")[2]
    if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, ENDS_LOOPS):
        for base in kind.__mro__[: kind.__mro__.index(Exception)]:
            try:
                return base(*[words][: bool(words)])  # type: ignore[no-any-return]
            except TypeError:  # a few take more than a message: UnicodeDecodeError, but not UnicodeError
                continue
    return StudentRaised(message)
