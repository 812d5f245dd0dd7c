"""grades.csv: what each hand-in earned in all, by its checks and by hand, for the gradebook of a learning platform."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from grader.class_list import Row, inert_csv
from grader.files import write_whole
from grader.marks import UNDECIDED
from grader.outcome import Outcome
from grader.result import CriterionResult, Result
from grader.rubric.decimals import decimal_text, parse_marks
from grader.written.to_mark import CHANGED, Line

_COLUMNS = ["student", "submission", "marks", "max_marks", "open", "remarks"]


def write_grades(rows: Iterable[Row], entered: Iterable[Line], path: Path) -> None:
    """Write grades.csv: a row for everything in the inbox, with the marks that a person has `entered` added.

    What is still undecided, or was entered and is no mark, stands under `open`.
    """
    lines = {line.key: line for line in entered if line.is_entered}
    write_whole(path, inert_csv([_COLUMNS, *(_cells(row, lines) for row in rows)]))


def _cells(row: Row, lines: Mapping[tuple[str, str], Line]) -> list[str]:
    if row.result is None:
        return [row.student, row.name, "", "", row.remark, ""]
    marks, left, remarks = Fraction(row.result.marks), list[str](), list[str]()
    for criterion in (criterion for question in row.result.questions for criterion in question.criteria):
        line = lines.get((row.name, criterion.id))
        if criterion.outcome is Outcome.TO_BE_MARKED and line is not None:
            given, problem = _given(line, criterion, row.result)
            marks += given
            left += [f"{criterion.id}: {problem}"] if problem else []
            remarks += [f"{criterion.title}: {line.remark}"] if line.remark else []
        elif criterion.outcome in UNDECIDED:
            left.append(f"{criterion.id}: {criterion.outcome.value.replace('_', ' ')}")
    return [row.student, row.name, decimal_text(marks), row.result.max_marks, "; ".join(left), "; ".join(remarks)]


def _given(line: Line, criterion: CriterionResult, result: Result) -> tuple[Fraction, str]:
    """Return the marks that were entered in a line, and what is to be said of them, "" if nothing."""
    if not line.marks:
        return Fraction(), "to be marked"
    try:
        marks = parse_marks(line.marks.strip().replace(",", "."))
    except ValueError as error:
        return Fraction(), f"“{line.marks}” {error}"
    if marks > Fraction(criterion.max_marks):
        return Fraction(), f"{line.marks} of {criterion.max_marks} marks were entered"
    return marks, "" if line.submission_sha256 == result.provenance.submission_sha256 else CHANGED
