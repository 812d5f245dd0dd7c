"""to_mark.csv as a table: what a person has to mark, and what was entered there."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from grader.core.csv_table import decoded, demand_text, separator
from grader.core.errors import UsageError
from grader.core.outcome import Outcome
from grader.core.spreadsheet import inert_csv, plain_cell
from grader.core.text import listed
from grader.results.class_list import Row
from grader.results.result import CriterionResult, HandedIn, QuestionResult, Result

NOTHING = "nothing handed in"
FOR_ALL = "for no question in particular"
CHANGED = "handed in anew since it was marked"
_FEW = 8
_MAX_BYTES = 64 * 1024**2
_TODO = "mend it or move it away; it is not written over while it may hold marks"


@dataclass(frozen=True)
class ToMarkLine:
    """A line of to_mark.csv: its fields are the columns, `marks` and `remark` are a person's.

    `files` are paths from the folder of to_mark.csv, `submission_sha256` is that of the work that the line is about.
    `row` is not a column: it is the number of the line in a spreadsheet, the header being row 1.
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
    row: int = 0

    @property
    def is_entered(self) -> bool:
        """Whether a person has written anything in it."""
        return bool(self.marks.strip() or self.remark.strip())

    def with_entry(self, old: ToMarkLine) -> ToMarkLine:
        """Return the line with what a person entered in `old`, and for which work; a later change of work is noted."""
        same = old.submission_sha256 == self.submission_sha256
        what = self.handed_in if same else "; ".join(filter(None, [CHANGED, self.handed_in]))
        return replace(
            self, handed_in=what, submission_sha256=old.submission_sha256, marks=old.marks, remark=old.remark
        )


COLUMNS = [field.name for field in fields(ToMarkLine) if field.name != "row"]


def lines_of(row: Row) -> Iterator[ToMarkLine]:
    """Yield a line for each criterion of a submission that waits for a person."""
    for question in row.result.questions if row.result else ():
        for criterion in question.criteria:
            if row.result and criterion.outcome is Outcome.TO_BE_MARKED:
                yield ToMarkLine(
                    row.name, row.student, question.id, criterion.id, _asks(criterion), criterion.max_marks,
                    _what(question, row.result), _files(row, question), row.result.provenance.submission_sha256,
                )  # fmt: skip


def as_bytes(lines: Iterable[ToMarkLine]) -> bytes:
    """Return a to_mark.csv. It begins with a byte order mark, because spreadsheets would otherwise mangle names."""
    table = [[getattr(line, column) for column in COLUMNS] for line in lines]
    return codecs.BOM_UTF8 + inert_csv([COLUMNS, *table]).encode("utf-8", "backslashreplace")


def content_of(path: Path) -> bytes | None:
    """Return the content of a to_mark.csv, None if it does not exist. Raises UsageError if it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, str(error)) from error
    if len(content) > _MAX_BYTES:
        raise _unreadable(path, f"more than {_MAX_BYTES // 1024**2} MiB")
    return content


def lines_in(content: bytes | None, path: Path) -> list[ToMarkLine]:
    """Return the lines of a to_mark.csv, as it was written or as a spreadsheet saved it; none if there is no file.

    Raises UsageError where it cannot be read: what a person entered must not be written over.
    """
    if content is None:
        return []
    demand_text(content, path)
    try:
        text = decoded(content)
        table = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
        names = [name.strip().casefold() for name in next(table, [])]
        if not set(COLUMNS) <= set(names):
            expected = f"the columns {', '.join(COLUMNS)}"
            raise UsageError("this is not a list of what to mark", where=path, expected=expected, todo=_TODO)
        places = [names.index(column) for column in COLUMNS]
        return [_line(cells, places, row) for row, cells in enumerate(table, start=2) if any(cells)]
    except (ValueError, csv.Error) as error:
        raise _unreadable(path, str(error)) from error


def _line(cells: list[str], places: list[int], row: int) -> ToMarkLine:
    texts = [plain_cell(cells[place]) if place < len(cells) else "" for place in places]
    return ToMarkLine(**dict(zip(COLUMNS, texts, strict=True)), row=row)


def _unreadable(path: Path, found: str) -> UsageError:
    return UsageError("the marks entered by hand cannot be read", where=path, found=found, todo=_TODO)


def _asks(criterion: CriterionResult) -> str:
    takes_away = criterion.max_marks == "0" and not criterion.bonus
    return f"{criterion.title} (marks are taken away: 0, or a number with a minus)" if takes_away else criterion.title


def _what(question: QuestionResult, result: Result) -> str:
    """Return where the work handed in for a question is, and what is for none in particular."""
    own, others = question.handed_in or (), _others(question, result)
    if not own and not others:
        return "" if question.handed_in is None else NOTHING
    told = [one.source for one in own]
    if others:
        some = [one.source for one in others[:_FEW]]
        more = len(others) - _FEW
        told.append(f"{FOR_ALL}: {listed([*some, *([f'{more} more'] if more > 0 else [])])}")
    return "; ".join(told)


def _others(question: QuestionResult, result: Result) -> list[HandedIn]:
    """Return what is offered for all questions and does not already belong to this one."""
    own = {one.source for one in question.handed_in or ()}
    return [one for one in result.handed_in if one.source not in own]


def _files(row: Row, question: QuestionResult) -> str:
    others = _others(question, row.result) if row.result else []
    copied = [f"written/{row.files}/{one.file}" for one in (*(question.handed_in or ()), *others)]
    kept = [f"kept/{row.files}/{criterion.id}/{name}" for criterion in question.criteria for name in criterion.kept]
    return "; ".join([*copied, *kept])
