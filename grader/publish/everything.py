"""Marks as a table of our own with everything that is known, for a spreadsheet or a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.core.spreadsheet import inert_csv, is_formula
from grader.core.text import listed, printable
from grader.publish.comment import points
from grader.publish.outgoing import Outgoing, Sent, Student, Wishes, ready
from grader.publish.page import in_folders
from grader.roster.people import LMS_IDS

PLATFORM = "csv"
_PERSON = ("id", "name", "email", "section", "groups", *LMS_IDS)
_MARK = ("submission", "status", "marks", "max_marks", "published", "rules")
# Another program finds people by these, so they must not be changed, even if a spreadsheet runs them as formulas.
_IDENTIFIERS = frozenset(_PERSON.index(name) for name in ("id", "email", *LMS_IDS))


class Everything:
    """A class as a table: a row for each person, a column for each criterion."""

    platform = PLATFORM

    def __init__(self, students: Sequence[Student], wishes: Wishes) -> None:
        self.students = students
        now, left = ready(students, wishes)
        self.outgoing = Outgoing(
            tuple(Sent(one, one.total, points(one.seen) if one.seen is not None else "") for one in now),
            tuple(left),
            tuple(_warnings(students)),
        )

    @property
    def told(self) -> list[Student]:
        """Who gets a page."""
        return self.outgoing.told

    def files(self, page: str, pages: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the table and the pages."""
        return {"marks.csv": self.table().encode(), **in_folders(page, pages)}

    def table(self) -> str:
        """Return the table; `marks` is empty for those left out."""
        totals = {one.student.person.id: one.text for one in self.outgoing.sent}
        criteria = dict.fromkeys(one.id for student in self.students for one in student.mark.criteria)
        head = [*_PERSON, *_MARK, *criteria, "notes"]
        rows = [_cells(student, totals.get(student.person.id, ""), [*criteria]) for student in self.students]
        return inert_csv([head, *rows], _IDENTIFIERS)


def _cells(student: Student, total: str, criteria: Sequence[str]) -> list[str]:
    person, mark = student.person, student.mark
    marks = {one.id: points(one.marks) if one.marks is not None else "" for one in mark.criteria}
    notes = [f"{one.id}: {one.note}" for one in mark.criteria if one.note]
    seen = "" if student.seen is None else points(student.seen)
    return [
        *(person.id, person.name, person.email, person.section, "; ".join(person.groups)),
        *(person.lms.get(kind, "") for kind in LMS_IDS),
        *(mark.submission, mark.status.value, total, points(mark.maximum), seen, "; ".join(mark.rules)),
        *(marks.get(criterion, "") for criterion in criteria),
        "; ".join(notes),
    ]


def _warnings(students: Sequence[Student]) -> list[str]:
    known = (text for one in students for text in (one.person.id, one.person.email, *one.person.lms.values()))
    odd = [printable(text, limit=40) for text in known if is_formula(text)]
    said = "a spreadsheet would take these identifiers for formulas; they are not changed"
    return [f"{said}: {listed(odd)}"] if odd else []
