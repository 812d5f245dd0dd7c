"""`grader publish` from a graded class to the files of a platform, and the table with everything."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from grader.book.feedback import closing_text
from grader.book.final_mark import CriterionMark, FinalMark, Status
from grader.book.history import Book, BookRecord, Conflict, RecordKind
from grader.book.marks import final_marks, open_book
from grader.cli.publish import PlatformName, publish
from grader.core.csv_table import read_table
from grader.core.errors import UsageError
from grader.core.outcome import Outcome
from grader.handmarking.to_mark import lines_in
from grader.publish.cells import RawTable
from grader.publish.class_page import class_page
from grader.publish.everything import Everything
from grader.publish.outgoing import Left, Outgoing, Reason, Sent, Student, Wishes
from grader.publish.page import page
from grader.publish.platforms import PUBLISHERS
from grader.roster.assigned import write_assigned
from grader.roster.attempts import read_attempts
from grader.roster.people import Person, Roster
from grader.roster.written import write_roster

sys.path.insert(0, str(Path(__file__).parent))
try:
    from lms import CanvasCourse, CanvasStudent, MoodleAssignment, Participant
finally:
    sys.path.pop(0)

Command = Callable[..., subprocess.CompletedProcess[str]]
RIGHT = "def double(number):\n    return 2 * number\n\n\ndef triple(number):\n    return 3 * number\n"
WRONG = RIGHT.replace("3 *", "4 *")
PAGE = "feedback-tiny.html"
PEOPLE = {11: "Ada Lovelace", 12: "Bob", 13: "Cy", 14: "Dee"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, grader: Command, make_tiny_course: Callable[[Path], Path]) -> Path:
    """A folder `out` with a graded class: Ada all right, Bob partly, Cy's cannot be graded, Dee's is missing."""
    folder = tmp_path_factory.mktemp("class")
    course = make_tiny_course(folder)
    for number, code in ((11, RIGHT), (12, WRONG), (13, "")):
        own = folder / "inbox" / f"{PEOPLE[number]}_{number}_assignsubmission_file"
        own.mkdir(parents=True)
        (own / ("sums.py" if code else "sums.docx")).write_text(code)
    (folder / "out").mkdir()
    known = [
        Person(f"{name}_{number}", name, f"{number}@example.org", lms={"moodle": str(number), "canvas": f"{number}00"})
        for number, name in PEOPLE.items()
    ]
    write_roster(folder / "out", Roster(tuple(known)))
    command = ("batch", folder / "inbox", "-a", "tiny", "--course", course, "--out", folder / "out")
    done = grader(*command, "--isolation", "process")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def here(graded: Path, tmp_path: Path) -> Path:
    """A copy of it, with what is written next."""
    subprocess.run(["cp", "-a", f"{graded}/.", tmp_path], check=True)
    return tmp_path


def moodle(folder: Path) -> MoodleAssignment:
    site = MoodleAssignment({number: Participant(name, f"{number}@example.org") for number, name in PEOPLE.items()})
    (folder / "Grades-tiny.csv").write_bytes(site.worksheet())
    return site


def test_a_class_goes_to_moodle_with_a_page_for_everybody(grader: Command, here: Path) -> None:
    site = moodle(here)
    command = ("publish", here / "out", "--as", "moodle", "--file", here / "Grades-tiny.csv")
    done = grader(*command, "--course", here / "course")
    assert done.returncode == 0, done.stderr
    assert "2 marks for Moodle: 2 new" in done.stdout
    assert "1  what was handed in could not be graded" in done.stdout
    assert "1  nothing was handed in" in done.stdout
    out = here / "out" / "publish" / "moodle"
    assert sorted(file.name for file in out.iterdir()) == [
        "Grades-tiny-feedback.zip",
        "Grades-tiny.csv",
        "left_out.csv",
    ]
    site.import_worksheet((out / "Grades-tiny.csv").read_bytes())
    site.import_feedback((out / "Grades-tiny-feedback.zip").read_bytes())
    assert [one.grade for one in site.people.values()] == [Decimal(3), Decimal(1), None, None]
    assert [[*one.files] for one in site.people.values()] == [[PAGE]] * 4
    pages = [one.files[PAGE].decode() for one in site.people.values()]
    assert "3 of 3 marks" in pages[0]
    assert "it is three times the number" in pages[1]
    assert "sums.docx" in pages[2]
    assert "Nothing was handed in." in pages[3]


def test_what_goes_out_is_listed_before_anything_is_written(grader: Command, here: Path) -> None:
    moodle(here)
    command = ("publish", here / "out", "--as", "moodle", "--file", here / "Grades-tiny.csv")
    done = grader(*command, "--dry-run")
    assert done.returncode == 0
    assert "2 marks for Moodle: 2 new" in done.stdout
    assert done.stdout.endswith("Nothing was written.\n")
    assert not (here / "out" / "publish").exists()
    assert "published" not in grader("book", "show", here / "out", "Ada Lovelace").stdout


def test_what_students_have_seen_changes_only_when_that_is_told(grader: Command, here: Path) -> None:
    site = moodle(here)
    command = ("publish", here / "out", "--as", "moodle", "--file", here / "Grades-tiny.csv")
    assert grader(*command).returncode == 0
    changed = grader("book", "override", here / "out", "Bob", "sums.triple.value", "2", "--why", "a slip of the key")
    assert changed.returncode == 0, changed.stderr
    site.import_worksheet((here / "out/publish/moodle/Grades-tiny.csv").read_bytes())
    (here / "Grades-tiny.csv").write_bytes(site.worksheet())
    held = grader(*command)
    assert held.returncode == 1
    assert "Bob (Bob_12): 1, now 3" in held.stdout
    with zipfile.ZipFile(here / "out/publish/moodle/Grades-tiny-feedback.zip") as archive:
        assert [name.partition("_")[0] for name in archive.namelist()] == ["Ada Lovelace", "Cy", "Dee"]
    done = grader(*command, "--changed")
    assert done.returncode == 0
    assert "2 marks for Moodle: 1 changed, 1 already there" in done.stdout
    site.import_worksheet((here / "out/publish/moodle/Grades-tiny.csv").read_bytes())
    assert site.people[12].grade == 3
    assert "a slip of the key" in site.people[12].comment
    assert grader(*command, "--changed").returncode == 0


def test_a_mark_that_moodle_would_skip_is_exit_code_1(grader: Command, here: Path) -> None:
    site = moodle(here)
    site.maximum = Decimal(2)
    (here / "Grades-tiny.csv").write_bytes(site.worksheet())
    done = grader("publish", here / "out", "--as", "moodle", "--file", here / "Grades-tiny.csv")
    assert done.returncode == 1
    assert "it is above the maximum there" in done.stdout
    assert "WARNING: Moodle's maximum grade is 2, the assignment's is 3" in done.stderr
    with (here / "out/publish/moodle/left_out.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert (rows["Ada Lovelace"]["marks"], rows["Ada Lovelace"]["found"]) == ("3", "3 of 2")


def test_files_for_groups_that_are_marked_apart_stay_beside_each_other(grader: Command, here: Path) -> None:
    site = moodle(here)
    groups = {"Grades-A.csv": [11, 13], "Grades-B.csv": [12, 14]}
    for name, numbers in groups.items():
        part = MoodleAssignment({number: site.people[number] for number in numbers})
        (here / name).write_bytes(part.worksheet())
        done = grader("publish", here / "out", "--as", "moodle", "--file", here / name)
        assert "the file has no row for this person" in done.stdout
    for name in groups:
        out = here / "out" / "publish" / "moodle"
        site.import_worksheet((out / name).read_bytes())
        site.import_feedback((out / name.replace(".csv", "-feedback.zip")).read_bytes())
    assert [one.grade for one in site.people.values()] == [Decimal(3), Decimal(1), None, None]
    assert all(one.files for one in site.people.values())
    lists = {path.name: path.read_text(encoding="utf-8") for path in out.glob("*left_out.csv")}
    assert {name: ["Bob_12" in text, "Ada Lovelace_11" in text] for name, text in lists.items()} == {
        "Grades-A-left_out.csv": [True, False],
        "Grades-B-left_out.csv": [False, True],
    }


def test_who_is_forgotten_is_in_no_file_for_a_platform(grader: Command, here: Path) -> None:
    assert grader("publish", here / "out", "--as", "csv").returncode == 0
    done = grader("book", "forget", here / "out", "Bob_12", "--yes")
    assert done.returncode == 0, done.stderr
    assert not (here / "out" / "publish").exists()


def test_somebody_whom_the_system_has_no_name_for_can_publish(here: Path) -> None:
    (here / "sitecustomize.py").write_text("import pwd\npwd.getpwuid = {}.__getitem__\n")
    known = {name: value for name, value in os.environ.items() if name not in {"LOGNAME", "USER", "LNAME", "USERNAME"}}
    done = subprocess.run(
        [sys.executable, "-m", "grader", "publish", str(here / "out"), "--as", "csv"],
        env={**known, "PYTHONPATH": str(here)}, cwd=Path(__file__).parents[2], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {one.who for one in open_book(here / "out").history() if one.kind is RecordKind.PUBLICATION} == {
        f"user {os.getuid()}"
    }


def test_a_mark_that_somebody_else_publishes_at_this_moment_is_exit_code_1(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = typer.Typer()
    command.command()(publish)
    add = Book.add

    def beside_another(self: Book, records: list[BookRecord]) -> list[Conflict]:
        add(self, [replace(one, who="grace", value={**one.value, "marks": "0"}) for one in records])
        return add(self, records)

    monkeypatch.setattr(Book, "add", beside_another)
    done = CliRunner().invoke(command, [str(here / "out"), "--as", "csv", "--by", "ada"])
    assert done.exit_code == 1
    assert "grace has entered 0 and ada 3" in " ".join(done.output.split())


def test_a_class_goes_to_canvas(grader: Command, here: Path) -> None:
    students = {number * 100: CanvasStudent(f"{name}", "", "") for number, name in PEOPLE.items()}
    course = CanvasCourse(students, {5: ("Other", Decimal(1)), 7: ("Sums", Decimal(3))})
    (here / "Grades.csv").write_bytes(course.gradebook())
    command = ("publish", here / "out", "--as", "canvas", "--file", here / "Grades.csv")
    done = grader(*command, "--course", here / "course", "--zero-missing")
    assert done.returncode == 0, done.stderr
    course.import_gradebook((here / "out/publish/canvas/Grades.csv").read_bytes())
    assert [one.grades.get(7) for one in students.values()] == ["3", "1", None, "0"]
    assert (course.new_assignments, course.new_students) == ([], [])
    assert (here / "out/publish/canvas/feedback/Bob_12" / PAGE).is_file()


def test_a_class_becomes_a_table(grader: Command, here: Path) -> None:
    assert grader("publish", here / "out", "--as", "csv").returncode == 0
    with (here / "out/publish/csv/marks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["status"], row["marks"]) for row in rows] == [
        ("Ada Lovelace_11", "final", "3"),
        ("Bob_12", "final", "1"),
        ("Cy_13", "refused", ""),
        ("Dee_14", "missing", ""),
    ]
    assert (rows[1]["sums.double.value"], rows[1]["sums.triple.value"], rows[1]["moodle"]) == ("1", "0", "12")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as", "moodle"], "Moodle accepts only its own file"),
        (["--as", "canvas"], "Canvas accepts only its own file"),
        (["--as", "moodle", "--file", "none.csv"], "none.csv: this grading worksheet cannot be read"),
        (["--as", "moodle", "--file", "Grades-tiny.csv", "--column", "grade"], "this does not name a column"),
        (["--as", "canvas", "--file", "Grades-tiny.csv"], "not a gradebook as Canvas exports it"),
    ],
)
def test_what_cannot_be_published_is_told(grader: Command, graded: Path, arguments: list[str], message: str) -> None:
    moodle(graded)
    done = grader(
        "publish", graded / "out", *(graded / word if word.endswith("tiny.csv") else word for word in arguments)
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert "to do: " in done.stderr or "expected: " in done.stderr or "found: " in done.stderr


def test_the_numbers_of_hand_ins_tell_that_a_worksheet_is_another_assignments(grader: Command, here: Path) -> None:
    site = MoodleAssignment({n + 30: Participant(name, f"{n}@example.org") for n, name in PEOPLE.items()})
    (here / "Grades-other.csv").write_bytes(site.worksheet())
    done = grader("publish", here / "out", "--as", "moodle", "--file", here / "Grades-other.csv")
    assert done.returncode == 2
    assert "Grades-other.csv: this is the worksheet of another assignment" in done.stderr
    assert "41 for Ada Lovelace (Ada Lovelace_11), whose work came as Ada Lovelace_11" in done.stderr
    assert not (here / "out" / "publish").exists()
    # What staff have assigned may have come by anybody's account.
    given = {f"{PEOPLE[n]}_{n}_assignsubmission_file": (f"{PEOPLE[n]}_{n}",) for n in (11, 12, 13)}
    assert {one.submission for one in read_attempts(here / "out")} <= given.keys()
    write_assigned(here / "out", given)
    assert grader("publish", here / "out", "--as", "moodle", "--file", here / "Grades-other.csv").returncode == 0


def test_an_assignment_is_found_in_a_gradebook_by_its_title_wherever_the_command_is_started(
    grader: Command, here: Path
) -> None:
    course = CanvasCourse({1100: CanvasStudent("Lovelace, Ada", "11@example.org", "")}, {77: ("Sums", Decimal(3))})
    (here / "Gradebook.csv").write_bytes(course.gradebook())
    done = grader("publish", here / "out", "--as", "canvas", "--file", here / "Gradebook.csv")
    assert done.returncode == 1, done.stderr  # the others have no row
    course.import_gradebook((here / "out/publish/canvas/Gradebook.csv").read_bytes())
    assert course.shown(1100, 77) == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "this is an Excel workbook, not a table as CSV"),
        (b"PK\x03\x04" + bytes(26) + b"sums.py", "this is a ZIP archive, not a table as CSV"),
    ],
)
def test_a_workbook_or_an_archive_in_place_of_a_table_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "Grades.csv"
    path.write_bytes(content)
    for read in (
        lambda: RawTable.read(path, "grading worksheet"), lambda: read_table(path), lambda: lines_in(content, path)
    ):  # fmt: skip
        with pytest.raises(UsageError, match=message):
            read()


def test_a_folder_without_a_class_is_told_and_not_made(grader: Command, tmp_path: Path) -> None:
    done = grader("publish", tmp_path / "nothing", "--as", "csv")
    assert done.returncode == 2
    assert "does not contain the results of a class" in done.stderr
    assert not (tmp_path / "nothing").exists()


def one_student(identifier: str = "ada", feedback: str = "", **of: Any) -> Student:
    criterion = CriterionMark("sums.double", "twice", Fraction(1), Fraction(1), Outcome.PASSED, of.pop("note", ""))
    mark = FinalMark(
        identifier, "hand-in", (criterion,), Fraction(5, 2), Fraction(3), Status.FINAL, feedback, ("late",)
    )
    return Student(Person(identifier, **of), mark)


@pytest.mark.parametrize("identifier", ["-2026-001", "=7", "+491", "@ada", "a;=b"])
def test_no_guard_against_formulas_changes_an_identifier(identifier: str) -> None:
    student = one_student(identifier, name="=cmd|'!A0", email=f"{identifier}@x.org", note="=1")
    given = Everything([replace(student, person=replace(student.person, lms={"github": identifier}))], Wishes())
    row = next(csv.DictReader(given.table().splitlines()))
    assert (row["id"], row["email"], row["github"]) == (identifier, f"{identifier}@x.org", identifier)
    assert row["name"] == "'=cmd|'!A0"
    assert identifier in given.outgoing.warnings[0]


def test_marks_without_a_finite_decimal_are_left_out() -> None:
    third = one_student()
    third = replace(third, mark=replace(third.mark, total=Fraction(1, 3)))
    assert [one.reason for one in Everything([third], Wishes()).outgoing.left] == [Reason.NO_DECIMAL]


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src") or name.startswith("on")]


def test_a_page_runs_nothing_and_fetches_nothing_whatever_stands_in_it(tmp_path: Path) -> None:
    attack = '<script>alert(1)</script> <img src="http://x"> [a](http://x) ![b](http://x) <http://x> &lt;'
    (tmp_path / "sums.double").mkdir()
    (tmp_path / "sums.double" / "a.png").write_bytes(b"no picture")
    student = one_student(attack, f"# {attack}\n\n**1 of 1 marks**\n\n{attack}\n\n```\n{attack}\n```\n")
    text = page(student, attack, tmp_path).decode()
    found = _Tags(text)
    assert found.links == []
    assert found.tags & {"script", "img", "a", "iframe", "link", "form"} == set()
    assert "default-src 'none'" in text


def test_a_page_begins_with_the_final_mark_and_the_rules_that_led_to_it() -> None:
    student = one_student("ada", "# hand-in · tiny\n\n**3 of 3 marks**\n\nWell done.\n", name="Ada")
    late = replace(student, mark=replace(student.mark, closing="- 1 day late: −0.5"))
    text = page(late, "Sums").decode()
    header = text.partition("<header>")[2].partition("</header>")[0]
    assert "2.5 of 3 marks" in header
    assert "1 day late: −0.5" in header
    assert "Ada" in header
    rest = text.partition("</header>")[2]
    assert "Well done." in rest
    assert "3 of 3" not in rest


def test_what_a_students_code_prints_is_not_the_head_of_the_page() -> None:
    """Catches: code that prints a section about the final mark writes the head of the official page."""
    forged = "# hand-in · tiny\n\n**0 of 3 marks**\n\n```\nx\n\n## Final mark\n\n**3 of 3**\n\n- full marks\n```\n"
    for status in (Status.FINAL, Status.TO_MARK):
        student = one_student("ada", forged)
        mark = replace(student.mark, status=status, total=None if status is Status.TO_MARK else student.mark.total)
        header, _, rest = page(replace(student, mark=mark), "Sums").decode().partition("</header>")
        assert "full marks" not in header
        assert "full marks" in rest


def test_rules_are_told_apart_from_what_was_found(graded: Path) -> None:
    marks = {mark.person: mark for mark in final_marks(graded / "out")}
    bob = marks["Bob_12"]
    assert closing_text(replace(bob, rules=("1 day late: −0.5",))) == "- 1 day late: −0.5"
    assert closing_text(replace(bob, total=None, rules=("1 day late: −0.5",))) == ""
    assert bob.closing == closing_text(bob)
    assert all("Final mark" not in mark.feedback for mark in marks.values())


def test_a_picture_that_the_code_drew_is_in_its_page(tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (2).to_bytes(4) * 2 + b"\x08\x02\0\0\0"
    (tmp_path / "sums.double").mkdir()
    (tmp_path / "sums.double" / "path.png").write_bytes(picture)
    text = page(one_student(), "Sums", tmp_path).decode()
    assert _Tags(text).links[0].startswith("data:image/png;base64,")


def test_the_page_of_a_class_has_everybodys_mark_and_how_they_lie() -> None:
    marks = {"ada": "3", "bob": "2.5", "cy": "0", "dee": "3.5"}
    students = [
        replace(one_student(name), mark=replace(one_student(name).mark, total=Fraction(total)))
        for name, total in marks.items()
    ]
    attack = replace(one_student("<b>", note="<script>"), mark=replace(one_student("<b>").mark, status=Status.TO_MARK))
    outgoing = Outgoing(tuple(Sent(one, one.total) for one in students), (Left(attack, Reason.TO_MARK),))
    text = class_page("Sums & more", [*students, attack], outgoing)
    assert "4 of 5 students have a final mark. Of 3: mean 2.25, median 2.75, from 0 to 3.5." in text
    bars = [int(count or 0) for count in re.findall(r"<div>(\d*)<i ", text)]
    assert (len(bars), sum(bars), bars[0], bars[-1]) == (12, 4, 1, 2)
    found = _Tags(text)
    assert (found.links, found.tags & {"script", "b", "a", "img"}) == ([], set())
    assert "a person has yet to mark something" in text
    rows = re.findall(r'(\w+)<small>.*?class="number">(.*?) / 3</td><td class="number">(.*?)</td>', text)
    assert rows == [("ada", "3", "3"), ("bob", "2.5", "2.5"), ("cy", "0", "0"), ("dee", "3.5", "3.5")]


def test_the_page_of_a_class_without_marks_says_so() -> None:
    student = one_student()
    student = replace(student, mark=replace(student.mark, status=Status.MISSING, total=Fraction()))
    assert "None of 1 student has a final mark." in class_page("Sums", [student], Outgoing((), ()))


def test_each_platform_that_the_command_names_has_a_publisher() -> None:
    assert [name.value for name in PlatformName] == list(PUBLISHERS)
