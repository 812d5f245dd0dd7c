"""How a check reports that work is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from numpy.typing import NDArray

from grader.checks.asking.channel import StudentStopped

# A stub, or a definition that raised an exception while loading: the process that was called is unchanged.
UNFINISHED = ("not_implemented", "raised")


@dataclass(frozen=True, eq=False)
class Compared:
    """Two arrays of real numbers and of one shape that a check compared, for a picture for the student.

    `what` names the quantity. If both are paths of shape (n, 2) down the quadratic form ``(p - m)ᵀ H (p - m)``, `over`
    contains H of shape (2, 2) and m of shape (2,).
    """

    what: str
    expected: NDArray[Any]
    got: NDArray[Any]
    over: tuple[NDArray[Any], NDArray[Any]] | None = None


class CheckFailed(AssertionError):
    """A check found wrong work.

    `kind` says what sort of mistake it is. Students see it even for hidden checks, so it contains no input and no
    expected value. `detail` contains those. `misconception` is a sentence that helps the author of a known mistake, and
    contains none either. `compared` is drawn in a picture if students can see the check.
    """

    def __init__(self, kind: str, detail: str = "", misconception: str = "", compared: Compared | None = None) -> None:
        super().__init__("\n".join(text for text in (kind, detail, misconception) if text))
        self.kind = kind
        self.detail = detail
        self.misconception = misconception
        self.compared = compared


class LeftToAPerson(Exception):
    """A check can neither decide whether work is right nor whose fault that is: a person marks its criterion.

    `kind` and `detail` are like those of `CheckFailed`.
    """

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__("\n".join(text for text in (kind, detail) if text))
        self.kind = kind
        self.detail = detail


def leave_to_a_person(kind: str, detail: str = "") -> NoReturn:
    """End the check without a verdict: its criterion earns nothing yet, costs nothing, and waits for a person.

    Use `Submission.told` to say what the person should look at.
    """
    raise LeftToAPerson(kind, detail)


def refused(ask: Callable[[], object]) -> bool:
    """Return whether the student's code raises an exception when `ask` calls it, or does not exist yet.

    For a mistake that another criterion pays for: inputs that a forward pass rejects are not used for the backward
    pass.
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

    `kind` is the sort of mistake in words that contain no input and no expected value, since students read it for
    hidden checks too. `detail` may contain both; `misconception` is a sentence that names the mistake.
    """
    raise CheckFailed(kind, detail, misconception)
