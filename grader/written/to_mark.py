"""to_mark.csv: what a person is to mark, and what was entered there by hand, which no later run takes away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from grader.class_list import Row, inert_csv, plain_cell
from grader.errors import UsageError
from grader.files import write_whole
from grader.outcome import Outcome
from grader.result import QuestionResult, Result
from grader.rubric.model import Rubric

NOTHING = "nothing handed in"
CHANGED = "handed in anew since it was marked"
_MAX_BYTES = 64 * 1024**2


@dataclass(frozen=True)
class Line:
    """A line of to_mark.csv: its fields are the columns, `marks` and `remark` are a person's.

    `files` are paths from the folder of to_mark.csv, `submission_sha256` is that of the work that the line is about.
    """

    submission: str
    student: str
    question: str
    criterion: str
    asks: str
    max_marks: str
    handed_in: str
    files: str
    submission_sha256: str
    marks: str = ""
    remark: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What the line is about."""
        return self.submission, self.criterion

    @property
    def is_entered(self) -> bool:
        """Whether a person has written anything in it."""
        return bool(self.marks or self.remark)


_COLUMNS = [field.name for field in fields(Line)]


def write_to_mark(rubric: Rubric, rows: Iterable[Row], entered: Iterable[Line], path: Path) -> None:
    """Write to_mark.csv by question, in the rubric's order, then by submission.

    Of the lines `entered` before, what a person wrote is kept, also where there is nothing to mark any more; so are
    lines of criteria that were not looked at this time.
    """
    manual = [criterion.id for criterion in rubric.criteria if criterion.manual]
    results = {row.name: row.result for row in rows if row.result}
    lines = {line.key: line for row in rows for line in _lines(row)}
    for old in entered:
        if old.key in lines:
            lines[old.key] = _with_entry(lines[old.key], old)
        elif old.is_entered or (old.criterion in manual and _left_out(old, results.get(old.submission))):
            lines[old.key] = old
    order = {criterion: place for place, criterion in enumerate(manual)}
    ordered = sorted(lines.values(), key=lambda line: order.get(line.criterion, len(order)))
    write_whole(path, inert_csv([_COLUMNS, *map(astuple, ordered)]))


def read_to_mark(path: Path) -> list[Line]:
    """Return the lines of a to_mark.csv, as it was written or as a spreadsheet saved it; none if there is no file.

    Raises UsageError where it cannot be read: what a person entered must not be written over.
    """
    if not path.exists():
        return []
    todo = "mend it or move it away; it is not written over while it may hold marks"
    try:
        text = _decoded(path)
        header = text.partition("\n")[0]
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
        if not set(_COLUMNS) <= set(table.fieldnames or ()):
            expected = f"the columns {', '.join(_COLUMNS)}"
            raise UsageError("this is no list of what is to be marked", where=path, expected=expected, todo=todo)
        return [Line(*(plain_cell(row[name] or "") for name in _COLUMNS)) for row in table]
    except (OSError, ValueError, csv.Error) as error:
        found = str(error)
        raise UsageError("what was marked by hand cannot be read", where=path, found=found, todo=todo) from error


def _decoded(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        raise ValueError(f"more than {_MAX_BYTES // 1024**2} MiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")  # as spreadsheets on Windows save it


def _lines(row: Row) -> Iterator[Line]:
    for question in row.result.questions if row.result else ():
        for criterion in question.criteria:
            if row.result and criterion.outcome is Outcome.TO_BE_MARKED:
                yield Line(
                    row.name, row.student, question.id, criterion.id, criterion.title, criterion.max_marks,
                    _what(question), _files(row.name, question), row.result.provenance.submission_sha256,
                )  # fmt: skip


def _what(question: QuestionResult) -> str:
    if question.handed_in is None:
        return ""
    return "; ".join(one.source for one in question.handed_in) or NOTHING


def _files(submission: str, question: QuestionResult) -> str:
    copied = [f"written/{submission}/{one.file}" for one in question.handed_in or ()]
    kept = [f"kept/{submission}/{criterion.id}/{name}" for criterion in question.criteria for name in criterion.kept]
    return "; ".join([*copied, *kept])


def _with_entry(line: Line, old: Line) -> Line:
    """Return a line with what a person entered, and for which work: another one since then is told."""
    if not old.is_entered:
        return line
    same = old.submission_sha256 == line.submission_sha256
    what = line.handed_in if same else "; ".join(filter(None, [CHANGED, line.handed_in]))
    return replace(line, handed_in=what, submission_sha256=old.submission_sha256, marks=old.marks, remark=old.remark)


def _left_out(line: Line, result: Result | None) -> bool:
    """Tell whether a line's submission was graded this time, but not its criterion."""
    return result is not None and all(c.id != line.criterion for q in result.questions for c in q.criteria)
