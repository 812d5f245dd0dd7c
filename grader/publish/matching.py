"""Which row of a platform's file is whose."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from grader.core.person_names import same_name, same_person
from grader.publish.outgoing import Student

NUMBER, EMAIL, ID, NAME = "number", "email", "id", "name"
# The first kind that a row and a student have in common decides.
_KINDS = (NUMBER, EMAIL, ID, NAME)
# How a student who is on no roster is called: a name, followed by the platform's number.
_ACCOUNT = re.compile(r"(?P<name>.+)_(?P<number>\d+)", re.DOTALL)
Identifiers = Mapping[str, str]


@dataclass(frozen=True)
class Matches:
    """The line of each student's row, by id; who has none, or shares one; and the lines of nobody here."""

    lines: Mapping[str, int]
    missing: tuple[Student, ...]
    several: tuple[Student, ...]
    others: tuple[int, ...]


def identifiers(student: Student, platform: str) -> dict[str, str]:
    """Return what is known of a student by kind; `platform` is the key of its number in `Person.lms`."""
    person = student.person
    account = _ACCOUNT.fullmatch(person.id) if not person.lms and not person.email else None
    if account:
        return {NUMBER: account["number"], EMAIL: "", ID: person.id, NAME: person.name or account["name"]}
    return {NUMBER: person.lms.get(platform, ""), EMAIL: person.email, ID: person.id, NAME: person.name or person.id}


def matched(students: Sequence[Student], rows: Mapping[int, Identifiers], platform: str) -> Matches:
    """Return which rows are whose; `rows` has what each says about a person, by its line and by kind.

    Moodle numbers people anew in each assignment, so a number from another one is somebody else's here: a number whose
    row has another address, id and name does not count. A name or number that several have matches nobody.
    """
    places: dict[tuple[str, Hashable], list[int]] = defaultdict(list)
    for line, row in rows.items():
        for kind in _KINDS:
            if row.get(kind):
                places[kind, _key(kind, row[kind])].append(line)
    found = {one.person.id: _lines(identifiers(one, platform), places, rows) for one in students}
    taken = Counter(line for lines in found.values() if len(lines) == 1 for line in lines)
    lines = {who: at[0] for who, at in found.items() if len(at) == 1 and taken[at[0]] == 1}
    return Matches(
        lines,
        tuple(one for one in students if not found[one.person.id]),
        tuple(one for one in students if found[one.person.id] and one.person.id not in lines),
        tuple(line for line in rows if line not in taken),
    )


def _lines(
    own: Identifiers, places: Mapping[tuple[str, Hashable], Sequence[int]], rows: Mapping[int, Identifiers]
) -> Sequence[int]:
    for kind in _KINDS:
        at = places.get((kind, _key(kind, own[kind])), ()) if own[kind] else ()
        agreeing = [line for line in at if kind != NUMBER or _agree(own, rows[line])]
        if agreeing:
            return agreeing
    return ()


def _agree(own: Identifiers, row: Identifiers) -> bool:
    """Return whether nothing else is known about both, as if people are anonymous, or some of it is the same.

    For a name a word is enough, or all its letters: platforms change what a file's name cannot contain.
    """
    both = [kind for kind in (EMAIL, ID, NAME) if own[kind] and row.get(kind)]
    if not both or any(_key(kind, own[kind]) == _key(kind, row[kind]) for kind in both):
        return True
    here, there = own[NAME], row.get(NAME, "")
    return bool({*same_name(here)} & {*same_name(there)}) or _letters(here) == _letters(there)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, same_person(name)))


def _key(kind: str, text: str) -> Hashable:
    return same_name(text) if kind == NAME else same_person(text)


def label_of(row: Identifiers) -> str:
    """Return whom a row is about, for staff."""
    return next((row[kind] for kind in (NAME, EMAIL, ID, NUMBER) if row.get(kind)), "")
