"""Moodle's downloaded grading worksheet: whose row is which, and what Moodle knows about each grade.

The columns are those of `mod/assign/gradingtable.php`; `mod/assign/feedback/offline/locallib.php` and
`importgradeslib.php` show which of them an import uses.
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
from grader.roster import worksheet_words as words

KIND = "grading worksheet"
_NEEDED = (words.IDENTIFIER, words.GRADE, words.GRADED_AT)
_NONE = frozenset({"", "-"})
# The words of an English date; PHP reads no other language.
_ENGLISH = re.compile(
    r"(mon|tues|wednes|thurs|fri|satur|sun)day|(jan|febr)uary|march|april|may|june|july|august"
    r"|(septem|octo|novem|decem)ber|am|pm|[\d\s:,./-]+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Worksheet:
    """A worksheet: its file's name, its cells, and where the columns are by the names in `worksheet_words`."""

    name: str
    table: RawTable
    columns: Mapping[str, int]

    @classmethod
    def read(cls, path: Path, named: Mapping[str, str]) -> Worksheet:
        """Read a worksheet; `named` gives the names of columns in an unknown language.

        Raises UsageError if it is not one: a column that an import needs is missing, or grades are words.
        """
        table = RawTable.read(path, KIND)
        columns = words.columns_of(table.header)
        for column, header in named.items():
            columns[column] = _place(table, column, header, path)
        missing = [column for column in _NEEDED if column not in columns]
        if missing:
            raise UsageError(
                f"this is not a {KIND}, or its columns have other names in its language",
                where=path,
                found=", ".join(map(printable, table.header)),
                expected=listed(f"`{words.WORDS[column][0]}`" for column in missing),
                todo=f"give each, e.g. --column {missing[0]}=HEADER",
            )
        if words.SCALE in columns:
            header = table.header[columns[words.SCALE]]
            todo = "set the grade's type to points in Moodle, with the rubric's maximum"
            raise UsageError("this assignment is graded by words, not by points", where=path, found=header, todo=todo)
        return cls(path.name, table, columns)

    @cached_property
    def rows(self) -> Mapping[int, RawRow]:
        """The rows of people by the line of the file in which each begins."""
        return {row.line: row for row in self.table.body}

    def people(self) -> dict[int, Identifiers]:
        """Return what each row says about a person, by its line."""
        kinds = {EMAIL: words.EMAIL, ID: words.NUMBER, NAME: words.NAME}
        return {
            line: {NUMBER: self.number(row), **{kind: self.text(row, column) for kind, column in kinds.items()}}
            for line, row in self.rows.items()
        }

    def text(self, row: RawRow, column: str) -> str:
        """Return the content of a column, stripped; "" if there is no such column."""
        return row.cells[self.columns[column]].text.strip() if column in self.columns else ""

    def number(self, row: RawRow) -> str:
        """Return the number of a participant: the text before it depends on the language of whoever downloaded it."""
        found = re.search(r"\d+$", self.text(row, words.IDENTIFIER), re.ASCII)
        return found[0] if found else ""

    def grade(self, row: RawRow) -> Fraction | None:
        """Return the grade in Moodle."""
        return number_in(self.text(row, words.GRADE))

    def maximum(self, row: RawRow) -> Fraction | None:
        """Return the highest grade that Moodle accepts."""
        return number_in(self.text(row, words.MAXIMUM))

    def is_locked(self, row: RawRow) -> bool:
        """Whether nobody can change the grade in Moodle."""
        return self.text(row, words.CHANGEABLE).casefold() in words.NO

    def is_stale(self, row: RawRow) -> bool:
        """Whether Moodle would skip the row in any case: it has a grade with a date that the import cannot read."""
        date = self.text(row, words.GRADED_AT)
        return date not in _NONE and not all(map(_ENGLISH.fullmatch, filter(None, re.split(r"[\s,]+", date))))


def number_in(text: str) -> Fraction | None:
    """Return a number in any language's format, with a point or a comma; None if it is not one."""
    plain = re.sub(r"\s", "", text)
    if not re.fullmatch(r"-?\d[\d.,]*", plain, re.ASCII):
        return None
    *thousands, last = re.split("[.,]", plain)
    return Fraction(f"{''.join(thousands)}.{last or 0}" if thousands else last)


def _place(table: RawTable, column: str, header: str, path: Path) -> int:
    if column not in words.WORDS:
        raise UsageError("no such column", found=column, expected=listed(words.WORDS))
    if header not in table.header:
        found = ", ".join(map(printable, table.header))
        raise UsageError(f"this {KIND} has no column `{printable(header)}`", where=path, found=found)
    return table.header.index(header)
