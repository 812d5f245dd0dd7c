"""How learning platforms lay out the tables that list a class: which column contains what about a person.

Moodle's grading worksheet (`mod/assign/gradingtable.php`), Canvas's gradebook (`lib/gradebook_exporter.rb`),
Gradescope's roster, and the rosters of GitHub Classroom and Classroom 50. For other tables, the columns must be given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.core.csv_table import CsvTable, TableRow
from grader.roster.people import LMS_IDS, Person
from grader.roster.worksheet_words import EMAIL, IDENTIFIER, NAME, NUMBER, WORDS
from grader.roster.written import split

# What a column may contain about a person.
FIELDS = ("id", "name", "first_name", "last_name", "email", "section", "groups", *LMS_IDS)
_STUDENT = frozenset({"", "student", "students"})


@dataclass(frozen=True)
class Layout:
    """A kind of table, recognised by its `marks`: columns that no other has all of; `columns` are the names by field.

    `ids` are the fields of which the first that is not empty becomes the person's id. `skips` are words in the first
    column that mark rows about no person.
    """

    title: str
    marks: Sequence[tuple[str, ...]]
    columns: Mapping[str, Sequence[str]]
    ids: Sequence[str]
    skips: Sequence[str] = ()
    role: Sequence[str] = field(default=("Role",))

    def fits(self, table: CsvTable) -> bool:
        """Return whether a table has this layout."""
        return all(table.place(*names) is not None for names in self.marks)

    def person(self, table: CsvTable, row: TableRow) -> Person | None:
        """Return the person in a row; None for a row about nobody in the class."""
        if any(row.at(0).casefold().startswith(word.casefold()) for word in self.skips):
            return None
        if row.at(table.place(*self.role)).casefold() not in _STUDENT:
            return None
        told = {name: row.at(table.place(*columns)) for name, columns in self.columns.items()}
        if moodle := told.get("moodle"):
            told["moodle"] = _digits_at_the_end(moodle)
        return person_of(told, self.ids)


def person_of(told: Mapping[str, str], ids: Sequence[str]) -> Person | None:
    """Return the person with these fields; None if all are empty."""
    if not any(told.values()):
        return None
    name = told.get("name") or f"{told.get('first_name', '')} {told.get('last_name', '')}".strip()
    known = next((told[one] for one in ids if told.get(one)), "")
    return Person(
        known, in_order(name), told.get("email", ""), told.get("section", ""), split(told.get("groups", "")),
        lms={kind: told[kind] for kind in LMS_IDS if told.get(kind)},
    )  # fmt: skip


def in_order(name: str) -> str:
    """Return `Ada Lovelace` for `Lovelace, Ada`, any other name as it is."""
    last, comma, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}" if comma and first and last and "," not in first else name


def _digits_at_the_end(text: str) -> str:
    """Return the number in `Participant 12345` in any language; German has no space before it."""
    found = re.search(r"\d+$", text)
    return found[0] if found else ""


MOODLE_WORKSHEET = Layout(
    "Moodle's grading worksheet",
    marks=(WORDS[IDENTIFIER], ("Grade", *WORDS["grade"])),
    columns={
        "moodle": WORDS[IDENTIFIER], "id": WORDS[NUMBER], "name": WORDS[NAME], "email": WORDS[EMAIL],
        "groups": ("Group", "Groups", "Gruppe", "Grupo", "Groupe"),
    },
    ids=("id", "email", "moodle"),
)  # fmt: skip
CANVAS_GRADEBOOK = Layout(
    "Canvas's gradebook",
    marks=(("Student", "LastName"), ("ID",), ("Section",)),
    columns={
        "canvas": ("ID",), "canvas_sis": ("SIS User ID",), "canvas_login": ("SIS Login ID",), "name": ("Student",),
        "first_name": ("FirstName",), "last_name": ("LastName",), "section": ("Section",),
    },
    ids=("canvas_sis", "canvas_login", "canvas"),
    skips=("Points Possible", "Manual Posting", "Student, Test", "Test Student"),
)  # fmt: skip
GRADESCOPE_ROSTER = Layout(
    "Gradescope's roster",
    marks=(("SID",), ("Email",)),
    columns={
        "gradescope": ("SID",), "name": ("Name", "Full Name"), "first_name": ("First Name",),
        "last_name": ("Last Name",), "email": ("Email", "Email Address"), "section": ("Section", "Sections"),
    },
    ids=("gradescope", "email"),
)  # fmt: skip
GITHUB_CLASSROOM = Layout(
    "GitHub Classroom's roster",
    marks=(("identifier",), ("github_username",)),
    columns={"id": ("identifier",), "github": ("github_username",), "name": ("name",)},
    ids=("id", "github"),
)
CLASSROOM_50 = Layout(
    "Classroom 50's roster",
    marks=(("username",), ("github_id",), ("email",)),
    columns={
        "github": ("username",), "first_name": ("first_name",), "last_name": ("last_name",), "email": ("email",),
        "section": ("section",),
    },
    ids=("email", "github"),
)  # fmt: skip
LAYOUTS: tuple[Layout, ...] = (MOODLE_WORKSHEET, CANVAS_GRADEBOOK, GRADESCOPE_ROSTER, GITHUB_CLASSROOM, CLASSROOM_50)
