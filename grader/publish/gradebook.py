"""Canvas's exported gradebook: its fixed columns, its assignments, its students.

The columns are those of `lib/gradebook_exporter.rb`; `lib/gradebook_importer.rb` shows which of them an import uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from grader.core.errors import UsageError
from grader.core.text import listed, printable
from grader.publish.cells import RawRow, RawTable
from grader.publish.matching import EMAIL, ID, NAME, NUMBER, Identifiers
from grader.publish.worksheet import number_in

KIND = "gradebook"
_LAST_FIXED = "Section"
_POINTS = "Points Possible"
_MANUAL = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE | re.DOTALL)
_ASSIGNMENT = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)\s*", re.DOTALL)
_NONE = frozenset({"", "-"})


@dataclass(frozen=True)
class Gradebook:
    """A gradebook: its file's name, its cells, how many columns are fixed, and where the assignment's column is."""

    name: str
    table: RawTable
    fixed: int
    place: int

    @classmethod
    def read(cls, path: Path, assignment: str | None, titles: tuple[str, ...]) -> Gradebook:
        """Read a gradebook; `assignment` is the assignment's id in Canvas, otherwise one of `titles` must identify it.

        Raises UsageError if it is not one, or the assignment is not in it.
        """
        table = RawTable.read(path, KIND)
        header = [name.strip() for name in table.header]
        if _LAST_FIXED not in header or "ID" not in header or header[0] not in ("Student", "LastName"):
            raise UsageError(
                f"this is not a {KIND} as Canvas exports it",
                where=path,
                found=", ".join(map(printable, header[:8])),
                expected="Student, ID, …, Section and a column for each assignment",
            )
        fixed = header.index(_LAST_FIXED) + 1
        return cls(path.name, table, fixed, _place(header, fixed, assignment, titles, path))

    @property
    def title(self) -> str:
        """The title of the assignment's column, with its id."""
        return self.table.header[self.place].strip()

    @cached_property
    def rows(self) -> Mapping[int, RawRow]:
        """The rows of students by the line of the file in which each begins."""
        return {row.line: row for row in self.table.body if not self._is_about_assignments(row)}

    @property
    def head(self) -> list[RawRow]:
        """The rows above those of students: the columns' names, how marks are posted, the points possible."""
        return [self.table.rows[0], *(row for row in self.table.body if self._is_about_assignments(row))]

    @property
    def places(self) -> list[int]:
        """Only the columns that an import needs: a column that it does not know becomes an assignment."""
        return [*range(self.fixed), self.place]

    def people(self) -> dict[int, Identifiers]:
        """Return what each row says of a student, by its line."""
        return {
            line: {
                NUMBER: self._text(row, "ID"),
                EMAIL: self._text(row, "SIS Login ID"),
                ID: self._text(row, "SIS User ID") or self._text(row, "SIS Login ID"),
                NAME: " ".join(filter(None, (self._text(row, name) for name in ("Student", "LastName", "FirstName")))),
            }
            for line, row in self.rows.items()
        }

    def text(self, row: RawRow) -> str:
        """Return the content of the assignment's column."""
        return row.cells[self.place].text.strip()

    def grade(self, row: RawRow) -> Fraction | None:
        """Return the grade in Canvas, which rounds it to two decimals."""
        return None if self.text(row) in _NONE else number_in(self.text(row))

    @property
    def maximum(self) -> Fraction | None:
        """The points possible."""
        rows = [row for row in self.head if _POINTS in row.cells[0].text]
        return number_in(rows[0].cells[self.place].text) if rows else None

    def is_read_only(self) -> bool:
        """Whether Canvas accepts no grades for the column."""
        return any(
            "read" in row.cells[self.place].text and "only" in row.cells[self.place].text for row in self.head[1:]
        )

    def _text(self, row: RawRow, column: str) -> str:
        header = [name.strip() for name in self.table.header]
        return row.cells[header.index(column)].text.strip() if column in header else ""

    def _is_about_assignments(self, row: RawRow) -> bool:
        return _POINTS in row.cells[0].text or all(_MANUAL.fullmatch(cell.text) for cell in row.cells)


def _place(header: list[str], fixed: int, assignment: str | None, titles: tuple[str, ...], path: Path) -> int:
    found = {place: match for place in range(fixed, len(header)) if (match := _ASSIGNMENT.fullmatch(header[place]))}
    wanted = {title.casefold() for title in titles}
    places = [
        place
        for place, match in found.items()
        if (match["id"] == assignment if assignment else match["title"].casefold() in wanted)
    ]
    if len(places) == 1:
        return places[0]
    named = " or ".join(f"`{printable(title)}`" for title in dict.fromkeys(titles))
    what = f"assignment {assignment}" if assignment else f"assignment{'s' * bool(places)} called {named}"
    raise UsageError(
        f"this {KIND} has {'several' if places else 'no'} {what}",
        where=path,
        found=listed(printable(header[place]) for place in found) or "no assignments",
        todo="give the number in brackets after its title, e.g. --column 1234",
    )
