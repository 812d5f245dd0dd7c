"""Somebody else's CSV file, in which some cells are changed and all other bytes stay as they are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.core.csv_table import demand_text
from grader.core.errors import UsageError

_SEPARATORS = ",;\t"
_MAX_BYTES = 64 * 1024**2
# A quoted cell ends at the first quote that is not doubled. PHP programs may also take a quote after a backslash for
# part of the cell.
_QUOTED = (r'"[^"]*(?:""[^"]*)*"', r'"[^"\\]*(?:(?:""|\\.)[^"\\]*)*"')


@dataclass(frozen=True)
class RawCell:
    """A cell as it is in the file, with its quotes, and its text."""

    raw: str
    text: str


@dataclass(frozen=True)
class RawRow:
    """A row of cells, the number of its first line in the file, and what ends it."""

    cells: tuple[RawCell, ...]
    line: int
    end: str

    @property
    def texts(self) -> list[str]:
        """The texts of its cells."""
        return [cell.text for cell in self.cells]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it at all: some programs leave such a line at the end of a file."""
        return not any(cell.raw for cell in self.cells)


@dataclass(frozen=True)
class RawTable:
    """A CSV file: its rows, the first of them the header, its separator, and its byte order mark."""

    rows: tuple[RawRow, ...]
    separator: str
    mark: bytes

    @classmethod
    def read(cls, path: Path, what: str) -> RawTable:
        """Read a file; `what` is its name in errors.

        Raises UsageError with the line if it is not a CSV file in UTF-8 or its rows differ in length.
        """
        text, mark = _decoded(_content(path, what), path, what)
        separator = max(_SEPARATORS, key=text.partition("\n")[0].count)
        tables = [_rows(text, separator, quoted) for quoted in _QUOTED]
        table = next((rows for rows in tables if _ragged(rows) is None), tables[0])
        if (row := _ragged(table)) is not None:
            raise UsageError(
                f"a row of this {what} does not have as many cells as its header",
                where=f"{path}:{row.line}",
                found=f"{len(row.cells)} cells",
                expected=f"{len(table[0].cells)}",
                todo="download it again and do not open it with another program",
            )
        return cls(tuple(table), separator, mark)

    @property
    def header(self) -> list[str]:
        """The texts of the first row."""
        return self.rows[0].texts if self.rows else []

    @property
    def body(self) -> tuple[RawRow, ...]:
        """The rows below the header that are not empty."""
        return tuple(row for row in self.rows[1:] if not row.is_empty)

    def changed(self, cells: Mapping[tuple[int, int], str]) -> bytes:
        """Return the file with some cells changed, which are given by the line of their row and their index in it."""
        return self._written(self.rows, range(len(self.header)), cells)

    def cut(self, rows: Sequence[RawRow], places: Collection[int], cells: Mapping[tuple[int, int], str]) -> bytes:
        """Return some rows and columns of it as a file, with some cells changed."""
        return self._written(rows, sorted(places), cells)

    def _written(self, rows: Sequence[RawRow], places: Sequence[int], cells: Mapping[tuple[int, int], str]) -> bytes:
        lines = (
            self.separator.join(
                self._cell(cells[row.line, place]) if (row.line, place) in cells else row.cells[place].raw
                for place in places
                if place < len(row.cells)
            )
            + (row.end or "\n" * (row is not rows[-1]))
            for row in rows
        )
        return self.mark + "".join(lines).encode()

    def _cell(self, text: str) -> str:
        plain = not re.search(rf'[{self.separator}"\r\n\\]|^\s|\s$', text)
        return text if plain else '"' + text.replace('"', '""') + '"'


def _content(path: Path, what: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"this {what} cannot be read", where=path, found=error.strerror) from error
    if len(content) > _MAX_BYTES:
        raise UsageError(f"this {what} is too large", where=path, found=f"more than {_MAX_BYTES // 1024**2} MiB")
    demand_text(content, path)
    return content


def _decoded(content: bytes, path: Path, what: str) -> tuple[str, bytes]:
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    try:
        return content[len(mark) :].decode(), mark
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start + len(mark)) + 1
        raise UsageError(
            f"this {what} is not in UTF-8",
            where=f"{path}:{line}",
            found=f"the byte {content[error.start + len(mark)]:#04x}",
            todo="download it again and do not save it with another program: some change its encoding",
        ) from error


def _rows(text: str, separator: str, quoted: str) -> list[RawRow]:
    cell = re.compile(rf"((?:{quoted})?[^{separator}\r\n]*)({separator}|\r\n|\r|\n|\Z)", re.DOTALL)
    rows, cells = list[RawRow](), list[RawCell]()
    at, line, first = 0, 1, 1
    while at < len(text) or cells:
        found = cell.match(text, at)
        assert found is not None  # a cell may be empty, and what ends it is everything that it may not contain
        raw, end = found.groups()
        cells.append(RawCell(raw, _text(raw)))
        line += len(re.findall(r"\r\n|\r|\n", found[0]))
        at = found.end()
        if end != separator:
            rows.append(RawRow(tuple(cells), first, end))
            cells, first = [], line
            if not end:
                break
    return rows


def _text(raw: str) -> str:
    if not raw.startswith('"') or len(raw) < len('""'):
        return raw
    body, _, rest = raw[1:].rpartition('"')
    return body.replace('""', '"') + rest


def _ragged(rows: Sequence[RawRow]) -> RawRow | None:
    """Return the first row that is longer or shorter than the header, if there is one."""
    return next((row for row in rows if not row.is_empty and len(row.cells) != len(rows[0].cells)), None)
