"""The way from a check to student code, whichever side the code runs on, and how that can end."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

from grader.errors import GraderFault
from grader.outcome import Owner

Target = tuple[str] | tuple[int, str]

# Loops of a check's own, such as ``all(map(submission.f, points))``, would end at these as if all were well.
ENDS_LOOPS = (StopIteration, StopAsyncIteration)
ENDS_THE_CHECK = {
    **{outcome: outcome for outcome in ("not_implemented", "out_of_memory", "forbidden")},
    "not_loaded": "raised",
}
TEXT_LIMIT = 8_000
NAME_LIMIT = 80


class Answer(NamedTuple):
    """What a call came to: its result, and the positional arguments as it left them, if asked for.

    `changed` holds the arguments that are not as they were, by place or keyword, as they are now; `names` what the
    student's function calls them, as far as that is known.
    """

    result: object
    left: tuple[object, ...] = ()
    changed: Mapping[int | str, object] = {}
    names: Mapping[int | str, str] = {}


def answer_of(reply: object) -> Answer:
    """Return a worker's reply to a call. Raises StudentStopped where it is something else."""
    match reply:
        case [result, list(left), dict(changed), dict(names)]:
            texts = [key for key in (*changed, *names) if isinstance(key, str)] + list(names.values())
            if all(isinstance(text, str) and text.isidentifier() and len(text) <= NAME_LIMIT for text in texts):
                return Answer(result, tuple(left), changed, names)
    raise StudentStopped("crashed", "the worker answered a call with something else")


# What packages of a course's own read: where it is set, they give other samples, or samples of other classes.
SAMPLES = "GRADPROOF_SAMPLES"


@dataclass(frozen=True)
class Elsewhere:
    """How student code is to run once more, in a process of its own.

    `names` are what is asked of it there, and `without` the files of the submission that are not there. With `plain`
    the process computes by the plainest instructions that its libraries know, so that it rounds otherwise. `samples`
    says what the packages that the course provides do to their samples, such as ``other``: see ``lab.images``.
    """

    names: tuple[str, ...]
    without: tuple[str, ...] = ()
    plain: bool = False
    samples: str = ""

    def variables(self) -> dict[str, str]:
        """Return the environment variables that a worker has besides."""
        return {SAMPLES: self.samples} if self.samples else {}


def plainest() -> dict[str, str]:
    """Return the variables with which a new process takes the plainest instructions; libraries read them once."""
    simd: Any = np.show_config(mode="dicts")
    features = simd.get("SIMD Extensions", {}).get("found", []) if isinstance(simd, dict) else []
    return {
        "ATEN_CPU_CAPABILITY": "default", "ONEDNN_MAX_CPU_ISA": "SSE41", "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
        "OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": " ".join(features),
    }  # fmt: skip


class Channel(Protocol):
    """The way to student code: in process for a student's pytest, through the jail for `grader`."""

    @property
    def homes(self) -> Mapping[str, str]:
        """The file of the submission that each name was found in, once something has been asked."""

    def call(
        self, target: Target, args: tuple[object, ...], kwargs: dict[str, object], *, keep_arguments: bool
    ) -> Answer:
        """Call a function by name, or a method of a handle."""

    def repeat(self, target: Target, first: object, seconds: list[object], order: list[int]) -> list[object]:
        """Call again and again, each time with the last result and the next of `seconds`, by `order`.

        Return all results; fewer after one that is no array of finite real numbers of `first`'s shape.
        """

    def read(self, handle: int, attribute: str) -> object:
        """Return an attribute of a student's object; with handle 0, what the submission calls by that name."""

    def path(self, name: str) -> str:
        """Return where student code is to write a file of this name: in a private folder with nothing else in it."""

    def file(self, path: str) -> bytes | None:
        """Return the bytes of the file at a path that `path` gave, cut off past a limit; None if it is not there."""

    def elsewhere(self, how: Elsewhere) -> AbstractContextManager[Channel]:
        """Return, for a `with` statement, a channel to the same code in a process of its own; it has `call` only."""

    def reset(self) -> None:
        """Forget all handles: a new check begins."""


class StudentStopped(BaseException):
    """The student's code ended the check: not implemented, timed out, crashed, forbidden, …

    A BaseException, so that neither hypothesis nor a check's own `except Exception` goes on.
    `outcome` is the value of a `grader.outcome.Outcome`; `student_line` and `traceback` tell where, `again` that the
    wall clock decided, so that it is to be tried once more, alone.
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
    """A check was ended by somebody else than the student, whose `owner` is never ``Owner.STUDENT``.

    It tells nothing about the submission, and is a BaseException for the same reasons as `StudentStopped`.
    """

    def __init__(self, owner: Owner, message: str) -> None:
        super().__init__(message)
        self.owner = owner
        self.message = message

    @property
    def again(self) -> bool:
        """Whether another attempt may end otherwise: what staff wrote stays as it is."""
        return self.owner is not Owner.STAFF


class StudentRaised(Exception):
    """An exception of the student's that is not one of Python's own exceptions."""


def demand_listed(name: str, names: Collection[str]) -> None:
    """Raise GraderFault if a check asks for something that its question does not list."""
    if name not in names:
        raise GraderFault(
            f"a check calls {name!r}, which its question does not list",
            expected=f"one of {', '.join(names)}",
            todo="add it to the question's `names` in the rubric",
        )


def student_error(description: Any, *, while_loading: bool = False) -> BaseException:
    """Return the exception that stands for the student's in a check.

    `description` is what `grader.worker.failure.describe` says of it, and may be forged. Python's own
    exceptions come as themselves, what is derived from one comes as that one, and carry whose they are:
    `raised_by_student`, `student_message`, `student_line`, `student_traceback`.
    """
    if not isinstance(description, dict) or not all(isinstance(text, str) for text in description.values()):
        return StudentStopped("crashed", "the worker described its error in no readable way")
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
