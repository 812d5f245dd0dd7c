"""Learning platforms as their importers behave, to read back what is published.

Written from the platforms' documented columns and the sources of their importers (Moodle's
`mod/assign/feedback/offline` and `.../file`, Canvas's `lib/gradebook_importer.rb`). It shares no code with the grader,
so that a mistake made there is not made here too.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

MOODLE_HEADER = [
    "Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Grade can be changed",
    "Last modified (submission)", "Last modified (grade)", "Feedback comments",
]  # fmt: skip
MOODLE_DATE = "%A, %d %B %Y, %I:%M %p"


@dataclass
class Participant:
    """A student of a Moodle assignment."""

    name: str
    email: str
    grade: Decimal | None = None
    graded_at: datetime | None = None
    comment: str = ""
    locked: bool = False
    files: dict[str, bytes] = field(default_factory=dict)


def php_rows(text: str) -> list[list[str]]:
    """Split CSV text as PHP's `fgetcsv` does by default: a backslash keeps a quote behind it from ending the cell."""
    rows: list[list[str]] = []
    row: list[str] = []
    cell, quoted, at = "", False, 0
    while at < len(text):
        mark = text[at]
        if quoted and mark == "\\" and text[at + 1 : at + 2] == '"':
            cell, at = cell + '\\"', at + 1
        elif quoted and mark == '"':
            doubled = text[at + 1 : at + 2] == '"'
            cell, quoted, at = cell + '"' * doubled, doubled, at + doubled
        elif quoted:
            cell += mark
        elif mark == '"' and not cell:
            quoted = True
        elif mark in ",\n":
            row.append(cell.rstrip("\r"))
            cell = ""
            if mark == "\n":
                rows.append(row)
                row = []
        else:
            cell += mark
        at += 1
    return [*rows, [*row, cell]] if cell or row else rows


def php_line(cells: list[str], line_end: str) -> str:
    """Return a row whose cells with a CR or LF are quoted, as by PHP's `fputcsv`, however the line ends.

    `csv` of Python 3.11 and 3.12.1 quotes a CR only if lines end with it.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n") + line_end


@dataclass
class MoodleAssignment:
    """An assignment in an English Moodle, with points and feedback comments."""

    people: dict[int, Participant]
    maximum: Decimal = Decimal(3)
    skipped: dict[int, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, worksheet: bytes) -> MoodleAssignment:
        """Return the assignment that a worksheet was downloaded from, before anything was graded."""
        header, *rows = php_rows(worksheet.decode("utf-8-sig"))
        table = [dict(zip(header, row, strict=True)) for row in rows]
        people = {int(row["Identifier"][12:]): Participant(row["Full name"], row["Email address"]) for row in table}
        return cls(people, Decimal(table[0]["Maximum grade"]))

    def worksheet(self, line_end: str = "\r\n") -> bytes:
        """Return what "Download grading worksheet" gives."""
        lines = [php_line(MOODLE_HEADER, line_end)]
        for number, one in self.people.items():
            grade = "" if one.grade is None else f"{one.grade:.2f}"
            dated = one.graded_at.strftime(MOODLE_DATE) if one.graded_at else "-"
            changeable = "No" if one.locked else "Yes"
            lines.append(php_line([
                f"Participant {number}", one.name, one.email, "Submitted for grading", grade, f"{self.maximum:.2f}",
                changeable, "Monday, 5 October 2026, 10:15 AM", dated, one.comment,
            ], line_end))  # fmt: skip
        return "".join(lines).encode()

    def import_worksheet(self, content: bytes) -> None:
        """Take grades and comments; `skipped` says for whom Moodle takes none, without a word."""
        header, *rows = php_rows(content.decode("utf-8-sig"))
        places = {name: header.index(name) for name in ("Identifier", "Grade", "Last modified (grade)")}
        comments = header.index("Feedback comments") if "Feedback comments" in header else None
        for row in rows:
            assert len(row) == len(header), row
            number = int(row[places["Identifier"]].removeprefix("Participant "))
            one, text = self.people[number], row[places["Grade"]]
            stale = one.graded_at is not None and not self._is_current(one, row[places["Last modified (grade)"]])
            why = self._why_not(one, text, stale)
            if why:
                self.skipped[number] = why
            else:
                one.grade = Decimal(text)
            if comments is not None and not stale:
                one.comment = row[comments]

    def import_feedback(self, content: bytes) -> None:
        """Take a ZIP file with feedback for many; `ignored` has the names that belong to nobody."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            for member in archive.namelist():
                one, name = self._owner(member.split("/"))
                if one is None or not name or member.rpartition("/")[2][0] in ".~":
                    self.ignored.append(member)
                else:
                    one.files[name] = archive.read(member)

    def _owner(self, parts: list[str]) -> tuple[Participant | None, str]:
        for place, part in enumerate(parts):
            words = part.split("_", 4)
            if len(words) >= 4 and words[1].isdigit() and int(words[1]) in self.people:
                if words[2:4] not in (["assignsubmission", "file"], ["assignfeedback", "file"]):
                    continue
                return self.people[int(words[1])], "/".join([*words[4:], *parts[place + 1 :]])
        return None, ""

    def _is_current(self, one: Participant, date: str) -> bool:
        try:
            stated = datetime.strptime(date, MOODLE_DATE)
        except ValueError:
            return False
        assert one.graded_at is not None
        return (one.graded_at - stated).total_seconds() <= 60

    def _why_not(self, one: Participant, text: str, stale: bool) -> str:
        if text == "":
            return "empty"
        grade = Decimal(re.sub(r"[^\d.-].*", "", text))  # as PHP reads a number: up to the first other character
        if grade == one.grade:
            return "equal"
        if stale:
            return "stale"
        if one.locked:
            return "locked"
        return "out of range" if not 0 <= grade <= self.maximum else ""


@dataclass
class CanvasStudent:
    """A student of a Canvas course with the grades by assignment: a number, `EX` or nothing; `N/A` is not assigned."""

    name: str
    login: str
    sis: str
    grades: dict[int, str] = field(default_factory=dict)


@dataclass
class CanvasCourse:
    """A course in Canvas, with assignments as title and points possible by id."""

    students: dict[int, CanvasStudent]
    assignments: dict[int, tuple[str, Decimal]]
    new_assignments: list[str] = field(default_factory=list)
    new_students: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, gradebook: bytes) -> CanvasCourse:
        """Return the course that a gradebook was exported from, before anything was graded."""
        header, points, *rows = list(csv.reader(io.StringIO(gradebook.decode("utf-8-sig"), newline="")))
        known = {int(row[1]): CanvasStudent(row[0], row[3], row[2]) for row in rows}
        found = {place: re.fullmatch(r"(.+) \((\d+)\)", name) for place, name in enumerate(header)}
        assignments = {int(match[2]): (match[1], Decimal(points[place])) for place, match in found.items() if match}
        return cls(known, assignments)

    def gradebook(self, separator: str = ",", mark: bytes = b"") -> bytes:
        """Return what "Export Entire Gradebook" gives."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=separator, lineterminator="\n")
        titles = [f"{title} ({number})" for number, (title, _) in self.assignments.items()]
        writer.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Notes", *titles, "Final Score"])
        writer.writerow([""] * 6 + ["Manual Posting"] * len(titles) + [""])
        points = [f"{most:.2f}" for _, most in self.assignments.values()]
        writer.writerow(["    Points Possible", "", "", "", "", "", *points, "(read only)"])
        for number, one in self.students.items():
            grades = [one.grades.get(assignment, "") for assignment in self.assignments]
            writer.writerow([one.name, number, one.sis, one.login, "Section A", "", *grades, "50.00"])
        return mark + text.getvalue().encode()

    def import_gradebook(self, content: bytes) -> None:
        """Take grades: an unknown column becomes an assignment, an unknown row a student, a blank takes one away."""
        text = content.decode("utf-8-sig")
        first = text.split("\n", 1)[0]
        separator = ";" if first.count(";") > first.count(",") else ","
        header, *rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
        assert header[0] == "Student"
        assert header[1] == "ID"
        fixed = header.index("Section") + 1
        places = {place: self._assignment(name) for place, name in enumerate(header) if place >= fixed}
        for row in rows:
            assert len(row) == len(header), row
            if all(re.fullmatch(r"\s*(Manual Posting.*)?\s*", cell) for cell in row):
                continue
            if "Points Possible" in row[0]:
                for place, assignment in places.items():
                    self.assignments[assignment] = (self.assignments[assignment][0], Decimal(row[place]))
                continue
            self._take(row, places)

    def _assignment(self, name: str) -> int:
        found = re.search(r"\((\d+)\)$", name)
        if not found or int(found[1]) not in self.assignments:
            self.new_assignments.append(name)
            return -1
        return int(found[1])

    def _take(self, row: list[str], places: dict[int, int]) -> None:
        student = self.students.get(int(row[1])) if row[1].isdigit() else None
        if student is None:
            self.new_students.append(row[0])
            return
        for place, assignment in places.items():
            if student.grades.get(assignment) != "N/A":
                student.grades[assignment] = row[place]

    def shown(self, student: int, assignment: int) -> Decimal | None:
        """Return a grade as the gradebook shows it, with two places."""
        text = self.students[student].grades.get(assignment, "")
        plain = re.fullmatch(r"-?\d+([.,]\d+)?", text)
        return Decimal(text.replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP) if plain else None
