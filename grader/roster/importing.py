"""Builds a roster from the tables of learning platforms: reads each by its layout, and joins people of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.core.csv_table import CsvTable, read_table
from grader.core.errors import UsageError
from grader.core.person_names import same_person
from grader.core.text import did_you_mean, listed, printable
from grader.roster.layouts import FIELDS, LAYOUTS, person_of
from grader.roster.people import LMS_IDS, Person, Roster
from grader.roster.written import COLUMNS, checked, read_roster, roster_of, write_roster


@dataclass(frozen=True)
class Table:
    """The people in one table: what kind of table it is, who is in it, and how many rows are nobody's."""

    path: Path
    title: str
    roster: Roster
    skipped: int = 0

    def __str__(self) -> str:
        skipped = f", {self.skipped} rows of nobody in the class" if self.skipped else ""
        return f"{self.path}: {self.title}, {len(self.roster)} people{skipped}"


def read_people(path: Path, columns: Mapping[str, str]) -> Table:
    """Return the people in a platform's table, or in any other whose columns are given, by the fields of a person.

    Raises UsageError for a table with an unknown layout and no given columns, a column that does not exist, and an id
    that is missing or occurs twice.
    """
    table = read_table(path)
    if columns:
        return _told(table, columns)
    layout = next((one for one in LAYOUTS if one.fits(table)), None)
    if layout is not None:
        people = [(row, layout.person(table, row)) for row in table.rows]
        found = checked(table, [(row, person) for row, person in people if person is not None])
        return Table(path, layout.title, found, sum(person is None for _, person in people))
    if table.place("id") is not None and not set(_folded(table.header)) - set(COLUMNS):
        return Table(path, "a roster.csv", roster_of(table))
    raise UsageError(
        "the columns of this table are not known",
        where=f"{path}, row 1",
        found=", ".join(map(printable, table.header)),
        expected=f"a table of {', '.join(one.title for one in LAYOUTS)}, or a roster.csv",
        todo=f"give the columns, e.g. --column id='Roll No' --column email=Mail, for any of {', '.join(FIELDS)}",
    )


def _told(table: CsvTable, columns: Mapping[str, str]) -> Table:
    places: dict[str, int] = {}
    for name, column in columns.items():
        if name not in FIELDS:
            raise UsageError("a person has no field with this name", found=printable(name), expected=", ".join(FIELDS))
        place = table.place(column)
        if place is None:
            found = ", ".join(map(printable, table.header))
            todo = did_you_mean(column, table.header)
            raise UsageError("no such column", where=f"{table.path}, row 1", found=found, expected=column, todo=todo)
        places[name] = place
    ids = ("id", *LMS_IDS, "email")
    people = [(row, person_of({name: row.at(place) for name, place in places.items()}, ids)) for row in table.rows]
    found_people = [(row, person) for row, person in people if person is not None]
    return Table(table.path, "columns as told", checked(table, found_people), len(people) - len(found_people))


def joined(roster: Roster, tables: Iterable[Roster]) -> tuple[Roster, list[str]]:
    """Return a roster with what tables say about its people, and about new people; and what to look at.

    People are the same by id, else by an e-mail address or a platform's id, else by a name, each of which only one
    person has in either. Two rows of one table are never one person. A later table takes precedence; what it leaves
    empty is kept.
    """
    notes: list[str] = []
    for table in tables:
        known, told = _same_people(table, roster)
        people = {person.id: person for person in roster}
        for person in table:
            old = known.get(person.id)
            people[old.id if old else person.id] = _merged(old, person) if old else person
        roster, notes = Roster(tuple(people.values())), [*notes, *_shared(table), *told]
    return roster, notes


def add_to_roster(folder: Path, files: Iterable[Path], columns: Mapping[str, str]) -> list[str]:
    """Add the people in tables to the roster of a class's folder; return what was read, and what to look at.

    Raises UsageError for a table that cannot be read.
    """
    before = read_roster(folder)
    tables = [read_people(path, columns) for path in files]
    roster, notes = joined(before, [table.roster for table in tables])
    write_roster(folder, roster)
    return [*map(str, tables), *notes]


def demand_columns(told: Iterable[str]) -> dict[str, str]:
    """Return the columns given by options like `id=Roll No`, by field. Raises UsageError for another form."""
    pairs = [text.partition("=") for text in told]
    if wrong := [text for text, equals, column in pairs if not text or not equals or not column.strip()]:
        raise UsageError(
            "this does not give a column", found=printable(wrong[0]), expected="FIELD=COLUMN, such as id='Roll No'"
        )
    return {name.strip(): column.strip() for name, _, column in pairs}


def _same_people(table: Roster, roster: Roster) -> tuple[dict[str, Person], list[str]]:
    """Return who on a roster the people of a table are, by their ids in the table; and what to look at."""
    found: dict[str, Person] = {}
    notes: list[str] = []
    # The most certain match first, for everybody: an address or a name must not take a person whom another row has by
    # id.
    for sign in (_by_id, _by_address, _by_name):
        taken = {known.id: name for name, known in found.items()}
        for person in (one for one in table if one.id not in found):
            known = sign(person, roster, table)
            if known is None:
                continue
            if known.id in taken:
                notes.append(
                    f"{person.id} and {taken[known.id]} are kept as two people, although both could be {known.id}"
                )
                continue
            taken[known.id] = person.id
            found[person.id] = known
            if sign is _by_name:
                notes.append(
                    f"{person.id} and {known.id} are taken for one because of the name alone: {printable(person.name)}"
                )
    return found, notes


def _by_id(person: Person, roster: Roster, _: Roster) -> Person | None:
    return roster.by_id(person.id)


def _by_address(person: Person, roster: Roster, table: Roster) -> Person | None:
    """Return the person with the same address or platform's id, if nobody else there has it."""
    known = [roster.by_email(person.email)] if person.email and table.by_email(person.email) else []
    known += [roster.by_lms(kind, number) for kind, number in person.lms.items() if table.by_lms(kind, number)]
    return next(filter(None, known), None)


def _by_name(person: Person, roster: Roster, table: Roster) -> Person | None:
    named = roster.by_name(person.name) if person.name and table.by_name(person.name) else None
    return None if named and _differ(named, person) else named


def _differ(one: Person, other: Person) -> bool:
    """Return whether two people with the same name have different addresses or ids on one platform."""
    both = one.lms.keys() & other.lms.keys()
    addresses = {same_person(email) for email in (one.email, other.email) if email}
    return len(addresses) > 1 or any(one.lms[kind] != other.lms[kind] for kind in both)


def _shared(table: Roster) -> Iterator[str]:
    """Yield which addresses and platform's ids several people of a table have, and who they are."""
    people: dict[str, list[str]] = {}
    for person in table:
        shared = [person.email] if person.email and not table.by_email(person.email) else []
        shared += [number for kind, number in person.lms.items() if not table.by_lms(kind, number)]
        for text in dict.fromkeys(map(same_person, shared)):
            people.setdefault(text, []).append(person.id)
    for text, ids in people.items():
        yield f"{listed(map(printable, ids))} have the same address or number, which is ignored: {printable(text)}"


def _merged(old: Person, new: Person) -> Person:
    return replace(
        old,
        name=new.name or old.name,
        email=new.email or old.email,
        section=new.section or old.section,
        groups=new.groups or old.groups,
        extensions=new.extensions or old.extensions,
        lms={**old.lms, **new.lms},
    )


def _folded(header: Iterable[str]) -> list[str]:
    return [name.strip().casefold() for name in header]
