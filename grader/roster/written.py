"""roster.csv: the people of a class as a table, written by `grader roster` and edited by anyone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from grader.core.csv_table import CsvTable, TableRow, read_table
from grader.core.errors import UsageError
from grader.core.files import write_whole
from grader.core.moments import parsed_moment
from grader.core.person_names import same_person
from grader.core.spreadsheet import inert_csv, plain_cell
from grader.core.text import printable
from grader.roster.people import LMS_IDS, Extension, Person, Roster

COLUMNS = ("id", "name", "email", "section", "groups", "extensions", *LMS_IDS)
_LONGER = re.compile(r"\+(?P<number>\d{1,4})(?P<unit>[dh])", re.ASCII)
_UNITS = {"d": "days", "h": "hours"}
_EXPECTED_EXTENSION = "e.g. `hw1=2026-03-05T23:59:00+05:30`, `hw1=+2d`, `*=+12h`, several separated by `;`"


def roster_file(folder: Path) -> Path:
    """Return the file with the roster in a class's folder."""
    return folder / "roster.csv"


def read_roster(folder: Path) -> Roster:
    """Return the roster of a class's folder, an empty one if it has none.

    Raises UsageError, with file and row, for what cannot be read: no column `id`, an id that is missing or occurs
    twice, an invalid extension.
    """
    path = roster_file(folder)
    return roster_of(read_table(path)) if path.exists() else Roster()


def write_roster(folder: Path, roster: Roster) -> None:
    """Write the roster of a class's folder. It begins with a byte order mark, for spreadsheets."""
    table = [COLUMNS, *(_cells(person) for person in roster)]
    write_whole(roster_file(folder), codecs.BOM_UTF8 + inert_csv(table).encode("utf-8", "backslashreplace"))


def roster_of(table: CsvTable) -> Roster:
    """Return the people in a table with the columns of roster.csv, of which only `id` is required."""
    if table.place("id") is None:
        found = ", ".join(map(printable, table.header))
        raise UsageError("this is not a roster", where=f"{table.path}, row 1", found=found, expected="a column `id`")
    places = {name: table.place(name) for name in COLUMNS}
    return checked(table, [(row, _person(table, row, places)) for row in table.rows])


def checked(table: CsvTable, people: Iterable[tuple[TableRow, Person]]) -> Roster:
    """Return the people of a table as a roster. Raises UsageError for an id that is missing or occurs twice."""
    rows: dict[str, TableRow] = {}
    found: list[Person] = []
    for row, person in people:
        if not person.id:
            raise UsageError("a person without an id", where=table.where(row), todo="give it one, or delete the row")
        if (first := rows.setdefault(same_person(person.id), row)) is not row:
            told = f"`{printable(person.id)}`, which row {first.number} has too"
            raise UsageError(
                "two people have the same id", where=table.where(row), found=told, todo="delete one of the rows"
            )
        found.append(person)
    return Roster(tuple(found))


def split(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that has several, separated by `;`."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _person(table: CsvTable, row: TableRow, places: Mapping[str, int | None]) -> Person:
    cell = {name: plain_cell(row.at(place)) for name, place in places.items()}
    return Person(
        cell["id"], cell["name"], cell["email"], cell["section"], split(cell["groups"]),
        tuple(_extension(part, table.where(row)) for part in split(cell["extensions"])),
        {kind: cell[kind] for kind in LMS_IDS if cell[kind]},
    )  # fmt: skip


def _extension(text: str, where: str) -> Extension:
    assignment, _, until = (part.strip() for part in text.partition("="))
    if assignment and (longer := _LONGER.fullmatch(until)):
        return Extension(assignment, longer=timedelta(**{_UNITS[longer["unit"]]: int(longer["number"])}))
    moment = parsed_moment(until)
    if not assignment or moment is None:
        found = printable(text)
        raise UsageError("this is not an extension", where=where, found=found, expected=_EXPECTED_EXTENSION)
    return Extension(assignment, until=moment)


def _cells(person: Person) -> list[str]:
    extensions = (
        f"{one.assignment}={one.until.isoformat() if one.until else _longer(one)}" for one in person.extensions
    )
    several = ["; ".join(person.groups), "; ".join(extensions)]
    return [
        person.id, person.name, person.email, person.section, *several, *(person.lms.get(kind, "") for kind in LMS_IDS)
    ]  # fmt: skip


def _longer(extension: Extension) -> str:
    hours = int(extension.longer / timedelta(hours=1))
    return f"+{hours}h" if hours % 24 else f"+{hours // 24}d"
