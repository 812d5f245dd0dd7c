"""A table of ids and labels: what students hand in, and what staff keep. Read strictly, with errors by line."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection, Iterator

from grader.core.errors import SubmissionError
from grader.core.text import did_you_mean, printable
from grader.course.rubric.board import OF_CLASSES, Leaderboard

MAX_LINES = 1_000_000
LARGEST = 1e100  # squares of such numbers, and sums of them, are still finite
_TODO = "save it as CSV in UTF-8"


def read_table(content: bytes, board: Leaderboard, where: str, ids: Collection[str] | None = None) -> dict[str, str]:
    """Return the labels of a table by id, in its order; if `ids` are given, it must have exactly those.

    Accepts UTF-8 with or without a byte order mark, lines that end in LF or CRLF, and quotes as in CSV. Raises
    SubmissionError naming `where`, the line and the reason.
    """
    labels: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, name, label in _rows(_decoded(content, where), board, where):
        here = f"{where}, line {line}"
        _demand_id(name, lines, ids, here)
        _demand_label(label, board, here)
        labels[name], lines[name] = label, line
    missing = [name for name in ids or () if name not in labels]
    if missing:
        found = f"{len(labels)} ids; {_shown(missing[0])} is missing"
        found += f", nor are {len(missing) - 1} more" if len(missing) > 1 else ""
        raise SubmissionError(
            "ids are missing", where=f"{where}, at its end", found=found, expected=f"{len(ids or ())} ids"
        )
    if not labels:
        raise SubmissionError("it contains no labels", where=where, expected="a line for each id below the header")
    return labels


def as_number(label: str) -> float:
    """Return a label as a number; NaN if it is not one, or not one that can be used in calculations."""
    try:
        value = float(label)
    except ValueError:
        return math.nan
    # Python also accepts 1_000 and digits of all scripts, which no other program does.
    return value if label.isascii() and "_" not in label and abs(value) <= LARGEST else math.nan


def _decoded(content: bytes, where: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        here = f"{where}, line {_line(content, error.start)}"
        raise SubmissionError("this is not text in UTF-8", where=here, todo=_TODO) from error
    if "\0" in text:
        here = f"{where}, line {_line(content, content.index(0))}"
        raise SubmissionError("there is a NUL in the text", where=here, todo=_TODO)
    return text


def _line(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _rows(text: str, board: Leaderboard, where: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, id and label of each row below the header; empty lines are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begun = False
    try:
        for cells in filter(None, reader):
            here = f"{where}, line {reader.line_num}"
            if not begun:
                _demand_header(cells, board, here)
                begun = True
                continue
            if len(cells) != len(board.columns):
                found = f"{len(cells)} cells: {_shown(','.join(cells))}"
                raise SubmissionError("a line is an id, a comma and a label", where=here, found=found)
            if reader.line_num > MAX_LINES:
                raise SubmissionError("the table is too long", where=here, expected=f"at most {MAX_LINES} lines")
            yield reader.line_num, cells[0].strip(), cells[1].strip()
    except csv.Error as error:
        raise SubmissionError("this is not CSV", where=f"{where}, line {reader.line_num}", found=str(error)) from error
    if not begun:
        raise SubmissionError("the file is empty", where=where, expected=",".join(board.columns))


def _demand_header(cells: list[str], board: Leaderboard, here: str) -> None:
    found = tuple(cell.strip() for cell in cells)
    if found == board.columns:
        return
    todo = None
    if found[1:] == board.columns:
        todo = "leave out the column of row numbers: to_csv(…, index=False)"
    elif len(found) == 1 and ";" in found[0]:
        todo = "put commas between the columns, not semicolons"
    expected = ",".join(board.columns)
    raise SubmissionError(
        "the header is wrong", where=here, found=_shown(",".join(cells)), expected=expected, todo=todo
    )


def _demand_id(name: str, lines: dict[str, int], ids: Collection[str] | None, here: str) -> None:
    if not name:
        raise SubmissionError("the id is missing", where=here)
    if name in lines:
        raise SubmissionError("an id occurs twice", where=here, found=f"{_shown(name)}, which line {lines[name]} has")
    if ids is not None and name not in ids:
        raise SubmissionError("there is no such id", where=here, found=_shown(name))


def _demand_label(label: str, board: Leaderboard, here: str) -> None:
    if board.metric in OF_CLASSES and label not in board.classes:
        todo = did_you_mean(label, board.classes)
        raise SubmissionError("the label is not a class", where=here, found=_shown(label), todo=todo)
    if board.metric not in OF_CLASSES and math.isnan(as_number(label)):
        expected = f"a finite number of at most {LARGEST:g} in size"
        raise SubmissionError("the label is not a number", where=here, found=_shown(label), expected=expected)


def _shown(text: str) -> str:
    return printable(text, limit=60) or "nothing"
