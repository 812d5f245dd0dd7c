"""CSV tables that people and other programs have written, read with the row number of each entry."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.core.errors import UsageError
from grader.core.person_names import same_person

_MAX_BYTES = 64 * 1024**2
_SEPARATORS = ",;\t"
_ZIP = b"PK\x03\x04"  # the beginning of a workbook, which is a ZIP file,
_WORKBOOK = b"[Content_Types].xml"  # and a name in each workbook


@dataclass(frozen=True)
class TableRow:
    """A row: its cells, and its number as in a spreadsheet, the header being row 1."""

    number: int
    cells: tuple[str, ...]

    def at(self, place: int | None) -> str:
        """Return the cell in a column, stripped; "" if the row ends before it, or for None."""
        return self.cells[place].strip() if place is not None and place < len(self.cells) else ""


@dataclass(frozen=True)
class CsvTable:
    """A table with a header: the columns' names as written, and all rows that are not empty."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]

    def place(self, *names: str) -> int | None:
        """Return the index of the first column with one of these names, or None; case and spaces do not matter."""
        known = self._places
        return next((known[name] for name in map(same_person, names) if name in known), None)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {same_person(name): place for place, name in reversed([*enumerate(self.header)])}

    def where(self, row: TableRow) -> str:
        """Return the place of a row, for an error."""
        return f"{self.path}, row {row.number}"


def read_table(path: Path) -> CsvTable:
    """Return a table as exported by a platform or saved by a spreadsheet: any separator, UTF-8, UTF-16 or Windows.

    Raises UsageError for a file that cannot be read, is too large or empty, or is not CSV.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError("this table cannot be read", where=path, found=error.strerror) from error
    if len(content) > _MAX_BYTES:
        raise UsageError("this table is too large", where=path, expected=f"at most {_MAX_BYTES // 1024**2} MiB")
    demand_text(content, path)
    try:
        header, *rows = list(_rows(decoded(content))) or [()]
    except (csv.Error, ValueError) as error:
        raise UsageError("this table cannot be read", where=path, found=str(error), expected="CSV") from error
    if not any(header):
        raise UsageError("this table is empty", where=path, expected="a header in its first row")
    return CsvTable(path, tuple(header), tuple(TableRow(n, tuple(r)) for n, r in enumerate(rows, start=2) if any(r)))


def demand_text(content: bytes, path: Path) -> None:
    """Raise UsageError for a workbook or an archive that is given in place of a table as CSV."""
    if _WORKBOOK in content and content.startswith(_ZIP):
        todo = "save it as CSV, and give that file"
        raise UsageError("this is an Excel workbook, not a table as CSV", where=path, todo=todo)
    if content.startswith(_ZIP):
        raise UsageError("this is a ZIP archive, not a table as CSV", where=path, todo="give the table itself")


def decoded(content: bytes) -> str:
    """Return the text of a table in any encoding in which spreadsheets save."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # a spreadsheet's “Unicode text”
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")  # the encoding of spreadsheets on Windows


def separator(text: str) -> str:
    """Return the separator of a table's cells, judged from its first line."""
    header = text.partition("\n")[0]
    return max(_SEPARATORS, key=header.count)


def _rows(text: str) -> Iterator[Sequence[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
