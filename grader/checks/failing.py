"""How a check says that work is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from grader.channel import StudentStopped

# A stub, and a definition that raised when it was loaded: the process that was asked is as it was.
UNFINISHED = ("not_implemented", "raised")


class CheckFailed(AssertionError):
    """A check found wrong work.

    `kind` says what sort of mistake it is and is shown to students even for hidden checks, so it
    holds no input and no expected value. `detail` holds those. `misconception` is a sentence that
    helps the author of a known mistake, and holds none either.
    """

    def __init__(self, kind: str, detail: str = "", misconception: str = "") -> None:
        super().__init__("\n".join(text for text in (kind, detail, misconception) if text))
        self.kind = kind
        self.detail = detail
        self.misconception = misconception


class LeftToAPerson(Exception):
    """A check can tell neither right work from wrong nor whose fault that is: a person marks its criterion.

    `kind` and `detail` are as those of `CheckFailed`.
    """

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__("\n".join(text for text in (kind, detail) if text))
        self.kind = kind
        self.detail = detail


def leave_to_a_person(kind: str, detail: str = "") -> NoReturn:
    """End the check without a verdict: its criterion earns nothing yet, costs nothing, and waits for a person.

    What the person should look at is for `Submission.told`.
    """
    raise LeftToAPerson(kind, detail)


def refused(ask: Callable[[], object]) -> bool:
    """Tell whether the student's code raises an exception where `ask` calls it, or is not there yet.

    For a mistake that another criterion pays for: what a forward pass refuses, the backward pass is not asked.
    """
    try:
        ask()
    except StudentStopped as stopped:
        if stopped.outcome in UNFINISHED:
            return True
        raise
    except Exception as error:
        if getattr(error, "raised_by_student", False):
            return True
        raise
    return False


def fail(kind: str, detail: str = "", misconception: str = "") -> NoReturn:
    """End the check as failed.

    `kind` is the sort of mistake in words that hold no input and no expected value, since students read it of
    hidden checks too. `detail` may hold both, `misconception` is a sentence that names the mistake.
    """
    raise CheckFailed(kind, detail, misconception)
