"""The marks that a person has entered in to_mark.csv, as part of what a submission has earned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from grader.class_list import Row
from grader.errors import UsageError
from grader.marks import Given, marked
from grader.outcome import Outcome
from grader.rubric.decimals import decimal_text, parse_marks
from grader.rubric.model import Criterion, Rubric
from grader.text import printable
from grader.written.to_mark import Line

_EARLIER = "marked before it was handed in anew"


class Entries:
    """What was entered for criteria that a person marks: taken from lines of a to_mark.csv, checked."""

    def __init__(self, rubric: Rubric, lines: Iterable[Line], path: Path) -> None:
        """Take the lines in which there are marks; `path` is where they stand.

        Raises UsageError that names every mark that cannot be given: no number, or more than the criterion is worth.
        """
        criteria = {criterion.id: criterion for criterion in rubric.criteria}  # any can be left to a person
        self._given: dict[str, dict[str, tuple[Given, str]]] = {}
        wrong = []
        for line in lines:
            if not line.marks.strip() or line.criterion not in criteria:
                continue
            try:
                given = Given(_marks(line.marks, criteria[line.criterion]), line.remark)
            except ValueError as error:
                wrong.append(f"`{printable(line.marks, limit=40)}` {error}: {line.criterion} of {line.submission}")
            else:
                self._given.setdefault(line.submission, {})[line.criterion] = given, line.submission_sha256
        if wrong:
            todo = "correct these marks; nothing was graded or written"
            raise UsageError("marks that cannot be given", where=path, found="; ".join(wrong), todo=todo)

    def added(self, row: Row) -> Row:
        """Return a row whose result has the marks entered for it; its remark names those for an earlier hand-in."""
        given = self._given.get(row.name, {})
        if row.result is None or not given:
            return row
        result = marked(row.result, {criterion: entry for criterion, (entry, _) in given.items()})
        now = row.result.provenance.submission_sha256
        counted = {c.id for q in result.questions for c in q.criteria if c.outcome is Outcome.MARKED}
        earlier = [name for name, (_, submission) in given.items() if name in counted and submission != now]
        told = [f"{_EARLIER}: {', '.join(earlier)}"] if earlier else []
        return replace(row, result=result, remark="; ".join(filter(None, [row.remark, *told])))


def _marks(text: str, criterion: Criterion) -> Fraction:
    """Return marks as they were typed, with a point or a comma."""
    marks = parse_marks(text.strip().replace(",", ".", 1))
    if marks > criterion.marks:
        raise ValueError(f"is more than the {decimal_text(criterion.marks)} that there are")
    return marks
