"""Marks for Canvas: its own gradebook, reduced to its fixed columns and the one assignment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from grader.core.decimals import decimal_text
from grader.publish.gradebook import Gradebook
from grader.publish.in_file import decided
from grader.publish.matching import matched
from grader.publish.outgoing import Left, Reason, Sent, Student, Wishes
from grader.publish.page import in_folders

PLATFORM = "canvas"
# Canvas shows two decimals.
_SHOWN = Fraction(1, 100)


class ForCanvas:
    """A class as Canvas gets it: what is published and what is not, and the gradebook."""

    platform = PLATFORM

    def __init__(self, students: Sequence[Student], gradebook: Gradebook, wishes: Wishes) -> None:
        self.students, self._gradebook, self._wishes = students, gradebook, wishes
        people = gradebook.people()
        self._matches = matched(students, people, PLATFORM)
        self.outgoing = decided(students, self._matches, people, wishes, self._decided, self._warnings(students))

    @property
    def told(self) -> list[Student]:
        """Who gets a page."""
        return self.outgoing.told

    def files(self, page: str, pages: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the file to import, and the pages: Canvas cannot import feedback from a file."""
        return {self._gradebook.name: self.gradebook(), **in_folders(page, pages)}

    def gradebook(self) -> bytes:
        """Return the gradebook to import. Those left out have no row: Canvas keeps their grades as they are."""
        book = self._gradebook
        lines = {self._matches.lines[one.student.person.id]: one for one in self.outgoing.sent}
        rows = [*book.head, *(row for line, row in book.rows.items() if line in lines)]
        cells = {(line, book.place): one.text for line, one in lines.items()}
        return book.table.cut(rows, book.places, cells)

    def _decided(self, student: Student, line: int) -> Sent | Left:
        row, text = self._gradebook.rows[line], student.total
        there, grade = self._gradebook.text(row), self._gradebook.grade(row)
        if there == "N/A":
            return Left(student, Reason.NOT_ASSIGNED)
        if there.upper() == "EX" and not self._wishes.overwrite:
            return Left(student, Reason.EXCUSED)
        is_new = grade is None or not _shown_as(grade, Fraction(text))
        ours = not is_new or any(grade is not None and _shown_as(grade, mark) for mark in student.published)
        if grade is not None and not ours and not self._wishes.overwrite:
            return Left(student, Reason.CHANGED, f"{decimal_text(grade)} there, {text} here")
        return Sent(student, text, there, is_new)

    def _warnings(self, students: Sequence[Student]) -> list[str]:
        there, told = self._gradebook.maximum, []
        ours = {student.mark.maximum for student in students}
        if there is not None and ours and there not in ours:
            here = decimal_text(max(ours))
            said = f"Canvas has {decimal_text(there)} points possible, the assignment {here}"
            told.append(f"{said}: marks are published unchanged")
        if self._gradebook.is_read_only():
            told.append(f"Canvas accepts no grades for the column {self._gradebook.title}: it is read only")
        return told


def _shown_as(grade: Fraction, mark: Fraction) -> bool:
    return abs(grade - mark) <= _SHOWN / 2
