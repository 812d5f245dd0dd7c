"""The way from a check to student code, whichever side the code runs on, and how that can end."""

from __future__ import annotations

from typing import Protocol

Target = tuple[str] | tuple[int, str]


class Channel(Protocol):
    """The way to student code: in process for a student's pytest, through the jail for `grader`."""

    def call(
        self, target: Target, args: tuple[object, ...], kwargs: dict[str, object], *, keep_arguments: bool
    ) -> tuple[object, tuple[object, ...]]:
        """Call a function by name, or a method of a handle.

        Return the result and, with `keep_arguments`, the positional arguments as they were left.
        """

    def read(self, handle: int, attribute: str) -> object:
        """Return an attribute of a student's object."""

    def reset(self) -> None:
        """Forget all handles: a new check begins."""


class StudentStopped(BaseException):
    """The student's code ended the check: not implemented, timed out, crashed, forbidden, …

    A BaseException, so that neither hypothesis nor a check's own `except Exception` goes on.
    `outcome` is the value of a `grader.outcome.Outcome`; `student_line` and `traceback` tell where.
    """

    def __init__(
        self,
        outcome: str,
        message: str,
        *,
        student_line: str = "",
        traceback: str = "",
        by_wall_clock: bool = False,
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message
        self.student_line = student_line
        self.traceback = traceback
        self.by_wall_clock = by_wall_clock


class StudentRaised(Exception):
    """An exception of the student's that is not one of Python's own exceptions."""
