"""Marks for Moodle: its own worksheet with two columns changed, and a ZIP file with a page for each student."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import PurePath

from grader.core.decimals import decimal_text
from grader.core.errors import UsageError
from grader.core.text import listed, printable
from grader.publish.cells import RawRow
from grader.publish.comment import comment
from grader.publish.in_file import decided
from grader.publish.matching import NAME, NUMBER, matched
from grader.publish.outgoing import Left, Reason, Sent, Student, Wishes
from grader.publish.worksheet import Worksheet
from grader.roster.worksheet_words import COMMENTS, GRADE

PLATFORM = "moodle"
# Moodle recognises by it that a file in a ZIP file belongs to a participant
# (`mod/assign/feedback/file/importziplib.php`).
_PLUGIN = "assignsubmission_file"


class ForMoodle:
    """A class as Moodle gets it: what is published and what is not, the worksheet, the pages."""

    platform = PLATFORM

    def __init__(self, students: Sequence[Student], worksheet: Worksheet, wishes: Wishes) -> None:
        self.students, self._worksheet, self._wishes = students, worksheet, wishes
        self._people = worksheet.people()
        self._matches = matched(students, self._people, PLATFORM)
        self._demand_this_assignment()
        self.outgoing = decided(
            students, self._matches, self._people, wishes, self._decided, self._warnings(students)
        )  # fmt: skip

    @property
    def told(self) -> list[Student]:
        """Who gets a comment and a page: all who have a row, except those whose mark is withheld."""
        return [student for student in self.outgoing.told if student.person.id in self._matches.lines]

    def files(self, page: str, pages: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the files to import, by their names; `page` is the file name of each student's page."""
        # Named after the worksheet: if groups are marked separately, each has its own.
        zipped = f"{PurePath(self._worksheet.name).stem}-feedback.zip"
        return {self._worksheet.name: self.worksheet(page), zipped: self.feedback_zip(page, pages)}

    def worksheet(self, page: str) -> bytes:
        """Return the worksheet to import: grades and comments are changed, all other bytes are as downloaded.

        `page` is the name of the file that the comments refer to.
        """
        columns, cells = self._worksheet.columns, dict[tuple[int, int], str]()
        for one in self.outgoing.sent:
            if one.is_new:
                cells[self._row(one.student).line, columns[GRADE]] = one.text
        for student in self.told if COMMENTS in columns else ():
            row = self._row(student)
            cells[row.line, columns[COMMENTS]] = comment(student, page, self._worksheet.text(row, COMMENTS))
        return self._worksheet.table.changed(cells)

    def feedback_zip(self, name: str, pages: Mapping[str, bytes]) -> bytes:
        """Return the ZIP file with a file `name` for each participant; `pages` has its contents by person."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for student in self.told:
                # Without a modification time: the same class gives the same bytes.
                member = zipfile.ZipInfo(f"{self._folder(student)}/{name}")
                archive.writestr(member, pages[student.person.id], zipfile.ZIP_DEFLATED)
        return file.getvalue()

    def _demand_this_assignment(self) -> None:
        """Raise UsageError where the numbers of most who have handed in are others: Moodle counts anew each time."""
        here, there = list[Student](), list[tuple[Student, str]]()
        for student in self.students:
            numbers = {account.rpartition("_")[2] for platform, account in student.accounts if platform == PLATFORM}
            if numbers and (line := self._matches.lines.get(student.person.id)) is not None:
                number = self._people[line][NUMBER]
                if number in numbers:
                    here.append(student)
                else:
                    there.append((student, number))
        if len(there) > len(here):
            student, number = there[0]
            handed_in = listed(sorted(account for platform, account in student.accounts if platform == PLATFORM))
            raise UsageError(
                "this is the worksheet of another assignment: in each, Moodle gives people other numbers",
                where=self._worksheet.name,
                found=f"{number} for {student.label}, whose work came as {printable(handed_in)}",
                todo="download the worksheet of the assignment that was graded",
            )

    def _row(self, student: Student) -> RawRow:
        return self._worksheet.rows[self._matches.lines[student.person.id]]

    def _folder(self, student: Student) -> str:
        """Return the folder of a participant. Moodle takes what is between the first two `_` for the number."""
        row = self._people[self._matches.lines[student.person.id]]
        plain = re.sub(r'[_/\\:*?"<>|]', " ", printable(row[NAME]))
        return f"{' '.join(plain.split()).strip('.~ ') or 'Participant'}_{row[NUMBER]}_{_PLUGIN}"

    def _decided(self, student: Student, line: int) -> Sent | Left:
        row, text = self._worksheet.rows[line], student.total
        marks, grade, most = Fraction(text), self._worksheet.grade(row), self._worksheet.maximum(row)
        if marks < 0:
            return Left(student, Reason.NEGATIVE, text)
        if most is not None and marks > most:
            return Left(student, Reason.TOO_MUCH, f"{text} of {decimal_text(most)}")
        if grade == marks:
            return Sent(student, text, self._worksheet.text(row, GRADE), is_new=False)
        if self._worksheet.is_locked(row):
            return Left(student, Reason.LOCKED, self._worksheet.text(row, GRADE))
        if grade is not None and grade not in student.published and not self._wishes.overwrite:
            return Left(student, Reason.CHANGED, f"{decimal_text(grade)} there, {text} here")
        if self._worksheet.is_stale(row) and not self._wishes.stale:
            return Left(student, Reason.STALE)
        return Sent(student, text, self._worksheet.text(row, GRADE))

    def _warnings(self, students: Sequence[Student]) -> list[str]:
        told = []
        most = Counter(filter(None, (self._worksheet.maximum(row) for row in self._worksheet.rows.values())))
        ours = Counter(student.mark.maximum for student in students)
        if most and ours and (there := most.most_common(1)[0][0]) != (here := ours.most_common(1)[0][0]):
            told.append(
                f"Moodle's maximum grade is {decimal_text(there)}, the assignment's is {decimal_text(here)}: "
                "marks go out as they are"
            )
        if self._worksheet.table.separator != ",":
            told.append(
                "the worksheet is not separated by commas, as Moodle writes it: download it anew if another program "
                "has saved it, else choose the separator at the import"
            )
        if COMMENTS not in self._worksheet.columns:
            told.append("the worksheet has no column for comments: switch on Feedback comments in Moodle to have one")
        return told
