"""Checks of an answer sheet that a student filled in. Their messages reveal no right value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.checks.asking.channel import StudentStopped
from grader.checks.asking.failing import fail
from grader.core.errors import GraderFault
from grader.sheets import Judged, Marked, Sheet, State

NOT_FILLED_IN = "nothing is filled in yet"
_FEW = 6


def assert_complete(sheet: Sheet) -> None:
    """Fail unless every value is filled in, readable and possible (an output of a sigmoid is in (0, 1))."""
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
    entries = [one for quantity in judged.values() for one in quantity]
    wrong = [name for name, quantity in judged.items() if not all(one.state.is_good for one in quantity)]
    if all(one.state is State.BLANK for one in entries):
        raise StudentStopped("not_implemented", f"MissingName: {' and '.join(names)} left blank")
    if wrong:
        fail("; ".join(_told(entries)), "\n".join(map(str, entries)), marked.mistake(wrong))


def _marked(sheet: Sheet) -> Marked:
    if not isinstance(sheet, Marked):
        raise GraderFault(
            "this check compares a sheet with what was allotted, which only staff know",
            todo="grade with `grader run`; students' pytest checks the form only",
        )
    return sheet


def _demand_some(sheet: Sheet) -> None:
    if sheet.is_blank:
        raise StudentStopped("not_implemented", f"MissingName: {NOT_FILLED_IN}")


def _told(entries: Sequence[Judged]) -> Iterator[str]:
    """Yield what is wrong with entries, grouped by kind, without any right value."""
    yield from (one.problem for one in entries if one.problem)
    for state in (State.WRONG, State.COARSE, State.BLANK):
        found = [one.entry for one in entries if one.state is state]
        if found:
            yield f"{_listed(found, ', ')}: {state.value}"


def _listed(items: Sequence[str], between: str = "; ") -> str:
    more = len(items) - _FEW
    return between.join([*items[:_FEW], *([f"and {more} more"] if more > 0 else [])])
