"""A graded class: a row for everything in an inbox, its result files and marks.csv."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.core.files import write_whole
from grader.core.outcome import BY_HAND, SEVERITY, Outcome
from grader.core.spreadsheet import inert_csv
from grader.core.text import printable
from grader.course.rubric.model import Rubric
from grader.results.feedback import MISNAMED, NOT_LOADED, OWN_LINE
from grader.results.result import QuestionResult, Result

TWINS_NAMED = 3
REMARKABLE = SEVERITY[: SEVERITY.index(Outcome.FAILED)]  # whatever is worse than a wrong answer


@dataclass(frozen=True)
class Row:
    """The result of one entry in the inbox.

    `name` is the submission's, unique within the inbox; `result` is None if there are no marks, and `remark` gives the
    reason, or what staff must know about the marks. `fault` is true if the grader itself failed. `student` is whose
    work it is, as far as names show; `file` is what its files are called if that is not `name`.
    """

    name: str
    result: Result | None
    remark: str = ""
    fault: bool = False
    student: str = ""
    file: str = ""

    @property
    def files(self) -> str:
        """The name of its folder in written/ and kept/, and of its result and feedback without the ending."""
        return self.file or self.name

    @property
    def is_undecided(self) -> bool:
        """Whether it lacks marks that nobody has lost: the grader failed, or a check did."""
        return self.fault or (self.result is not None and self.result.is_broken)


def remarks_of(result: Result) -> list[str]:
    """Return the remarks that the checks of a submission make to staff, once for each question."""
    return list(
        dict.fromkeys(f"{q.id}: {remark}" for q in result.questions for c in q.criteria for remark in c.remarks)
    )


def with_twins(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a class, with a remark if several share what should be true of only one submission.

    Hand-ins of one student are not compared with each other.
    """
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for sentence in _compared(row):
            groups.setdefault(sentence, []).append(row)
    return [
        _with_remarks(row, [_twins(row, sentence, groups[sentence]) for sentence in _compared(row)]) for row in rows
    ]


def _compared(row: Row) -> list[str]:
    questions = row.result.questions if row.result else ()
    return list(dict.fromkeys(f"{q.id}: {sentence}" for q in questions for c in q.criteria for sentence in c.compared))


def _twins(row: Row, sentence: str, those: Sequence[Row]) -> str:
    names = [one.name for one in those if one is not row and (not row.student or one.student != row.student)]
    more = len(names) - TWINS_NAMED
    return f"{sentence}, as in {', '.join(names[:TWINS_NAMED])}{f' and {more} more' * (more > 0)}" if names else ""


def _with_remarks(row: Row, remarks: Iterable[str]) -> Row:
    return replace(row, remark="; ".join(filter(None, [row.remark, *remarks])))


def write_marks(rubric: Rubric, rows: Iterable[Row], path: Path) -> None:
    """Write marks.csv: a row for everything in the inbox, a column for each question.

    Marks are decimal strings. A row without marks has its reason under `remark`. What is broken has no marks, neither
    the question nor the total: an empty cell is not mistaken for a 0.
    """
    questions = [question.id for question in rubric.questions]
    head = ["submission", "student", "marks", "max_marks", "complete", *questions, "isolation", "remark"]
    write_whole(path, inert_csv([head, *(_cells(row, rubric) for row in rows)]))


def not_loaded(rubric: Rubric, result: Result) -> str:
    """Return which modules could not be loaded, and why, or ""."""
    modules = {question.id: question.module or question.id for question in rubric.questions}
    causes: dict[str, dict[str, None]] = {}
    for question in result.questions:
        for why in filter(None, (_why_not_loaded(c.feedback) for c in question.criteria if c.outcome in REMARKABLE)):
            causes.setdefault(why, {})[modules[question.id]] = None
    told = ", ".join(f"{', '.join(found)} ({why})" for why, found in causes.items())
    return f"{NOT_LOADED}{told}" if told else ""


def ended(rubric: Rubric, result: Result) -> str:
    """Return what a person should look at: how the code ended, other than by a wrong answer."""
    criteria = [c for q in result.questions for c in q.criteria if c.outcome not in BY_HAND]
    other_names = dict.fromkeys(f"no {m[1]} but {m[2]}" for c in criteria if (m := MISNAMED.match(c.feedback)))
    if criteria and not other_names and all(c.outcome is Outcome.NOT_IMPLEMENTED for c in criteria):
        return "not implemented"
    found: dict[Outcome, dict[str, None]] = {outcome: {} for outcome in REMARKABLE}
    for question in result.questions:
        for criterion in (c for c in question.criteria if c.outcome in found and not _why_not_loaded(c.feedback)):
            found[criterion.outcome][question.id] = None
    remarks = [f"{outcome.value.replace('_', ' ')}: {', '.join(ids)}" for outcome, ids in found.items() if ids]
    remarks += [f"defines {', '.join(other_names)}"] if other_names else []
    return "; ".join(filter(None, [not_loaded(rubric, result), *remarks]))


def _cells(row: Row, rubric: Rubric) -> list[str]:
    result = row.result
    if result is None:
        return [row.name, row.student, "", "", "", *("" for _ in rubric.questions), "", row.remark]
    marks = {question.id: _marks(question) for question in result.questions}
    marked = "" if result.is_broken else result.marks
    total = [marked, result.max_marks, "yes" if result.complete else "no"]
    return [
        row.name,
        row.student,
        *total,
        *(marks.get(question.id, "") for question in rubric.questions),
        result.isolation,
        "; ".join(filter(None, [row.remark, ended(rubric, result)])),
    ]


def _marks(question: QuestionResult) -> str:
    # What a person has yet to mark is not a zero.
    waiting = all(criterion.outcome is Outcome.TO_BE_MARKED for criterion in question.criteria)
    return "" if waiting or question.is_broken else question.marks


def _why_not_loaded(feedback: str) -> str:
    """Return e.g. ``SyntaxError, sums.py:39`` where feedback begins with what could not be loaded, or ""."""
    if not feedback.startswith(NOT_LOADED):
        return ""
    told, *after = feedback.removeprefix(NOT_LOADED).split("\n")
    kind = re.match(r"[A-Za-z]\w{0,60}(?=:|$)", told)
    place = next(filter(None, map(OWN_LINE.match, after[:1])), None)
    return ", ".join([kind[0] if kind else printable(told, limit=100), *([place[0]] if place else [])])
