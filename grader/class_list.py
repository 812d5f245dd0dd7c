"""A graded class: a row for everything in an inbox, its result files and its marks.csv."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.feedback import MISNAMED, NOT_LOADED, OWN_LINE
from grader.files import write_whole
from grader.outcome import BY_HAND, Outcome
from grader.result import QuestionResult, Result
from grader.rubric.model import Rubric
from grader.spreadsheet import inert_csv
from grader.text import printable

TWINS_NAMED = 3
REMARKABLE = (
    Outcome.BROKEN,
    Outcome.FORBIDDEN,
    Outcome.CRASHED,
    Outcome.OUT_OF_MEMORY,
    Outcome.TIMED_OUT,
    Outcome.RAISED,
)


@dataclass(frozen=True)
class Row:
    """What became of one thing in the inbox.

    `name` is the submission's, unique within the inbox; `result` is None where there are no marks,
    and `remark` says why, or what staff must know about the marks. `fault` tells that the grader
    itself failed. `student` is whose work it is, as far as names tell; `file` what its files are called where that
    is not `name`.
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
        """Whether marks are missing in it that nobody has lost: the grader failed, or a check did."""
        return self.fault or (self.result is not None and self.result.is_broken)


def remarks_of(result: Result) -> list[str]:
    """Return what the checks of a submission tell staff, once for each question."""
    return list(
        dict.fromkeys(f"{q.id}: {remark}" for q in result.questions for c in q.criteria for remark in c.remarks)
    )


def with_twins(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a class, with a remark where what is to be true of one submission is true of several.

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
    the question nor the total: an empty cell is not taken for a 0.
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
    """Return what a person should look at: how the code ended otherwise than by a wrong answer."""
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
    # What a person is still to mark is no zero.
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
