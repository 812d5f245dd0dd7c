"""Checks of an answer sheet that a person filled in. What they say of a mistake holds no right value."""

from __future__ import annotations

from collections.abc import Sequence

from grader.channel import StudentStopped
from grader.checks.closeness import fail
from grader.errors import GraderFault
from grader.sheets import Marked, Sheet, State

_FEW = 6


def assert_complete(sheet: Sheet) -> None:
    """Fail unless every value is filled in, can be read and can be at all (an output of a sigmoid is in (0, 1))."""
    _demand_some(sheet)
    missing = [*sheet.unfinished()]
    if missing:
        fail(_listed(missing))


def assert_allotted(sheet: Sheet) -> None:
    """Fail if the sheet gives other values than were allotted to the student."""
    marked = _marked(sheet)
    if marked.changed:
        fail(
            f"the sheet gives other values than were allotted to {marked.roll}: {_listed(marked.changed)}",
            misconception="Fill in the sheet made for your roll number, and leave its given values as they are.",
        )
    _demand_some(sheet)


def assert_follows(sheet: Sheet, *names: str) -> None:
    """Fail unless the quantities called `names` are right, or follow from the student's own earlier values."""
    marked = _marked(sheet)
    judged = {name: marked.judged(name) for name in names}
    wrong = {name: [one for one in entries if not one.state.is_good] for name, entries in judged.items()}
    if all(one.state is State.BLANK for entries in judged.values() for one in entries):
        raise StudentStopped("not_implemented", f"MissingName: {' and '.join(names)} left blank")
    if any(wrong.values()):
        said = _listed([one.said for entries in wrong.values() for one in entries])
        fail(said, misconception=marked.mistake([name for name in names if wrong[name]]))


def _marked(sheet: Sheet) -> Marked:
    if not isinstance(sheet, Marked):
        raise GraderFault(
            "this check compares a sheet with what was allotted, which only staff know",
            todo="grade with `grader run`; students' pytest looks at form only",
        )
    return sheet


def _demand_some(sheet: Sheet) -> None:
    if sheet.is_blank:
        raise StudentStopped("not_implemented", "MissingName: nothing is filled in yet")


def _listed(items: Sequence[str]) -> str:
    more = len(items) - _FEW
    return "; ".join([*items[:_FEW], *([f"and {more} more"] if more > 0 else [])])
