"""Marks for Canvas, read back by an importer that behaves as Canvas's: one assignment changes and nothing else."""

from __future__ import annotations

import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.book.final_mark import FinalMark, Status
from grader.core.errors import UsageError
from grader.publish.canvas import ForCanvas
from grader.publish.gradebook import Gradebook
from grader.publish.outgoing import Reason, Student, Wishes
from grader.roster.people import Person

sys.path.insert(0, str(Path(__file__).parent))
try:
    from lms import CanvasCourse, CanvasStudent
finally:
    sys.path.pop(0)

SUMS, OTHER = 77, 78


def student(number: int, total: str | None, *, seen: str | None = None, status: Status = Status.FINAL) -> Student:
    person = Person(f"s{number}", f"Name {number}", lms={"canvas": str(number)})
    marks = None if total is None else Fraction(total)
    mark = FinalMark(person.id, f"hand-in {number}", (), marks, Fraction(3), status)
    return Student(person, mark, () if seen is None else (Fraction(seen),))


def canvas(**grades: str) -> CanvasCourse:
    """A course of students with these grades by `_NUMBER`, and a test student."""
    students = {
        int(name[1:]): CanvasStudent(f"{name[1:]}, Name", f"login{name}", f"sis{name}", {SUMS: grade, OTHER: "1.00"})
        for name, grade in grades.items()
    }
    students[999] = CanvasStudent("Student, Test", "", "")
    return CanvasCourse(students, {OTHER: ("Other, with a comma", Decimal(5)), SUMS: ("Sums", Decimal(3))})


def published(course: CanvasCourse, students: list[Student], folder: Path, *written: Any, **wishes: bool) -> ForCanvas:
    """Publish and import; `written` are separator and byte order mark of the gradebook."""
    (folder / "Grades.csv").write_bytes(course.gradebook(*written))
    given = ForCanvas(students, Gradebook.read(folder / "Grades.csv", None, ("Sums", "tiny")), Wishes(**wishes))
    course.import_gradebook(given.gradebook())
    return given


def left(given: ForCanvas) -> dict[str, Reason]:
    return {one.student.person.id: one.reason for one in given.outgoing.left}


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_marks_arrive_and_nothing_else_changes(tmp_path: Path, separator: str, mark: bytes) -> None:
    course = canvas(_11="", _12="")
    given = published(course, [student(11, "2.125"), student(12, "-0.5")], tmp_path, separator, mark)
    assert [course.shown(number, SUMS) for number in (11, 12)] == [Decimal("2.13"), Decimal("-0.50")]
    assert [course.students[number].grades[OTHER] for number in (11, 12)] == ["1.00", "1.00"]
    assert (course.new_assignments, course.new_students) == ([], [])
    assert course.assignments == canvas().assignments
    assert given.outgoing.is_whole


def test_the_file_has_the_fixed_columns_and_the_one_assignment_as_they_were_written(tmp_path: Path) -> None:
    course = canvas(_11="", _12="3.00")
    given = published(course, [student(11, "2")], tmp_path)
    assert given.gradebook().decode().splitlines() == [
        "Student,ID,SIS User ID,SIS Login ID,Section,Sums (77)",
        ",,,,,Manual Posting",
        "    Points Possible,,,,,3.00",
        '"11, Name",11,sis_11,login_11,Section A,2',
    ]


def test_who_is_left_out_has_no_row_so_that_no_grade_is_taken_away(tmp_path: Path) -> None:
    course = canvas(_11="1.00", _12="2.00", _13="1.50")
    students = [student(11, None, status=Status.TO_MARK), student(12, "3"), student(14, "1")]
    given = published(course, students, tmp_path)
    assert left(given) == {"s11": Reason.TO_MARK, "s12": Reason.CHANGED, "s14": Reason.NOT_THERE}
    assert [course.students[number].grades[SUMS] for number in (11, 12, 13)] == ["1.00", "2.00", "1.50"]
    assert given.outgoing.others == ("13, Name", "Student, Test")


@pytest.mark.parametrize(
    ("grade", "seen", "wishes", "expected"),
    [
        ("EX", None, {}, Reason.EXCUSED),
        ("EX", None, {"overwrite": True}, None),
        ("N/A", None, {}, Reason.NOT_ASSIGNED),
        ("N/A", None, {"overwrite": True}, Reason.NOT_ASSIGNED),
        ("1.00", "1", {}, Reason.SEEN),
        ("1.00", "1", {"changed": True}, None),
        ("1,00", "1", {"changed": True}, None),
        ("1.00", None, {"overwrite": True}, None),
        ("2.33", None, {}, None),
        ("-", None, {}, None),
    ],
)
def test_grades_that_canvas_has_are_kept_unless_staff_wish_otherwise(
    tmp_path: Path, grade: str, seen: str | None, wishes: dict[str, bool], expected: Reason | None
) -> None:
    course = canvas(_11=grade)
    given = published(course, [student(11, "2.325", seen=seen)], tmp_path, **wishes)
    assert left(given).get("s11") == expected
    assert course.students[11].grades[SUMS] == (grade if expected else "2.325")


def test_a_mark_that_canvas_shows_rounded_is_not_new(tmp_path: Path) -> None:
    given = published(canvas(_11="0.13"), [student(11, "0.125")], tmp_path)
    assert [one.is_new for one in given.outgoing.sent] == [False]


def test_other_points_possible_and_a_column_that_takes_none_are_told(tmp_path: Path) -> None:
    course = canvas(_11="")
    course.assignments[SUMS] = ("Sums", Decimal(10))
    assert (
        "Canvas has 10 points possible, the assignment 3"
        in published(course, [student(11, "2")], tmp_path).outgoing.warnings[0]
    )


def test_the_assignment_is_told_by_its_number_where_its_title_is_another(tmp_path: Path) -> None:
    path = tmp_path / "Grades.csv"
    path.write_bytes(canvas(_11="").gradebook())
    assert Gradebook.read(path, str(OTHER), ()).title == "Other, with a comma (78)"
    with pytest.raises(UsageError, match="has no assignment called `Products`") as error:
        Gradebook.read(path, None, ("Products",))
    assert error.value.found == "Other, with a comma (78) and Sums (77)"
    with pytest.raises(UsageError, match="no assignment 79"):
        Gradebook.read(path, "79", ("Sums",))


def test_what_is_no_gradebook_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Identifier,Grade\nParticipant 1,2\n")
    with pytest.raises(UsageError, match="not a gradebook as Canvas exports it") as error:
        Gradebook.read(tmp_path / "x.csv", None, ("Sums",))
    assert error.value.found == "Identifier, Grade"


def test_students_are_found_by_login_and_sis_id_where_no_number_is_known(tmp_path: Path) -> None:
    course = canvas(_11="", _12="")
    marks = {number: student(number, "2").mark for number in (11, 12)}
    students = [Student(Person("SIS_11"), marks[11]), Student(Person("bob", email="login_12"), marks[12])]
    given = published(course, students, tmp_path)
    assert left(given) == {}
    assert [course.students[number].grades[SUMS] for number in (11, 12)] == ["2", "2"]


def test_without_a_roster_the_number_behind_the_letters_of_a_name_tells(tmp_path: Path) -> None:
    course = canvas(_11="", _12="")
    course.students[11].name = "O'Brien, Zoë Ann"
    students = [Student(Person(name), student(11, "2").mark) for name in ("obrienzoëann_11", "somebodyelse_12")]
    given = published(course, students, tmp_path)
    assert left(given) == {"somebodyelse_12": Reason.NOT_THERE}
    assert course.students[11].grades[SUMS] == "2"
