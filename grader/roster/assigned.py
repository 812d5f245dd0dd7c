"""assigned.csv: whose hand-ins are according to staff. It takes precedence over platforms and names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader.core.csv_table import read_table
from grader.core.errors import UsageError
from grader.core.files import write_whole
from grader.core.spreadsheet import inert_csv, plain_cell
from grader.core.text import printable
from grader.roster.people import Roster
from grader.roster.written import split

_COLUMNS = ("submission", "people")


def assigned_file(folder: Path) -> Path:
    """Return the file in a class's folder that says whose hand-ins are."""
    return folder / "assigned.csv"


def read_assigned(folder: Path, roster: Roster) -> dict[str, tuple[str, ...]]:
    """Return the people to whom hand-ins have been assigned, by the hand-in's name.

    Raises UsageError, with the row, for somebody who is not on the roster.
    """
    path = assigned_file(folder)
    if not path.exists():
        return {}
    table = read_table(path)
    places = [table.place(name) for name in _COLUMNS]
    if None in places:
        raise UsageError("this does not say whose hand-ins are", where=path, expected=f"columns {', '.join(_COLUMNS)}")
    found: dict[str, tuple[str, ...]] = {}
    for row in table.rows:
        submission, people = (plain_cell(row.at(place)) for place in places)
        found[submission] = ids_of(split(people), roster, table.where(row))
    return found


def write_assigned(folder: Path, assigned: Mapping[str, tuple[str, ...]]) -> None:
    """Write whom hand-ins are assigned to."""
    rows = ((submission, "; ".join(people)) for submission, people in sorted(assigned.items()))
    write_whole(assigned_file(folder), inert_csv([_COLUMNS, *rows]))


def ids_of(texts: tuple[str, ...], roster: Roster, where: str | Path | None = None) -> tuple[str, ...]:
    """Return the ids of the people who are meant by ids, addresses or names. Raises UsageError if one is unknown."""
    people = {text: roster.find(text) for text in texts}
    unknown = [printable(text) for text, person in people.items() if person is None]
    if unknown or not texts:
        found = f"`{', '.join(unknown)}`" if unknown else "nobody"
        todo = "add them to roster.csv, or correct the name: an id, an e-mail address, or a name that one person has"
        raise UsageError("not on the roster", where=where, found=found, todo=todo)
    return tuple(dict.fromkeys(person.id for person in people.values() if person))
