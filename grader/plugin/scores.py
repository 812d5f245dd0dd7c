"""The table at the end of a student's pytest: marks by question, and what to do next."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from fractions import Fraction
from textwrap import shorten

from grader.marks import settle
from grader.outcome import Check, CheckResult, Outcome
from grader.plugin.assignments import Placed
from grader.result import CriterionResult
from grader.rubric.decimals import decimal_text
from grader.rubric.model import Rubric

_ALL = "by these checks"
# So many columns of a remark are shown in the narrowest of terminals.
_LEAST = 20


def score_lines(
    results: Sequence[tuple[Placed, CheckResult]],
    again: str = "pytest --question {question}",
    asked: Sequence[Placed] = (),
) -> list[str]:
    """Return the table's lines for the checks that ran, one assignment after the other.

    `again` is what runs one question's checks once more, with ``{question}`` for its id. `asked` are the
    checks that were to run: a criterion of which some did not has no marks yet.
    """
    lines: list[str] = []
    for assignment in dict.fromkeys(placed.rubric.assignment for placed, _ in results):
        mine = [(placed, result) for placed, result in results if placed.rubric.assignment == assignment]
        lines += [""] if lines else []
        left = {placed.check: placed for placed in asked if placed.rubric.assignment == assignment}
        for placed, _ in mine:
            left.pop(placed.check, None)
        lines += _assignment_lines(mine[0][0].rubric, [result for _, result in mine], again, left)
    return lines


def _assignment_lines(rubric: Rubric, results: Sequence[CheckResult], again: str, left: Iterable[Check]) -> list[str]:
    by_criterion: dict[str, list[CheckResult]] = {}
    for result in results:
        by_criterion.setdefault(result.check.criterion, []).append(result)
    settled, cut_short = settle(rubric, by_criterion), {check.criterion for check in left}
    rows, earned, possible, todo = list[tuple[str, Fraction, Fraction, str]](), Fraction(), Fraction(), list[str]()
    for question in rubric.questions:
        ran = [settled[c.id] for c in question.criteria if c.id in by_criterion]
        if not ran:
            continue
        marks = _sum(r.marks for r in ran if r.id not in cut_short)
        most = sum((c.marks for c in question.criteria if c.id in by_criterion.keys() | cut_short), Fraction())
        earned, possible = earned + marks, possible + most
        unfinished = next((r for r in ran if r.outcome is not Outcome.PASSED), None)
        rows.append((question.id, marks, most, _remark(unfinished)))
        if unfinished is not None and not todo:
            # The command has a line of its own, to be copied.
            todo = [f"  next: {question.title}: {unfinished.title}", f"        {again.format(question=question.id)}"]
    rows.append((_ALL, earned, possible, ""))
    width = max(len(name) for name, *_ in rows)
    lines = [f"{rubric.title} ({rubric.assignment})", *(_row(width, *row) for row in rows)]
    return [*lines, *(todo or ["  all of these pass; the hidden checks look at more cases"])]


def _row(width: int, name: str, marks: Fraction, most: Fraction, remark: str) -> str:
    """Return a row of the table, its remark cut where the terminal ends."""
    row = f"  {name:<{width}} {decimal_text(marks):>5} / {decimal_text(most):<5} "
    room = max(shutil.get_terminal_size().columns - len(row), _LEAST)
    return f"{row}{shorten(remark, room, placeholder=' …')}".rstrip()


def _sum(marks: Iterable[str]) -> Fraction:
    return sum(map(Fraction, marks), Fraction())


def _remark(result: CriterionResult | None) -> str:
    return "" if result is None else f"{result.outcome.value.replace('_', ' ')}: {result.title}"
