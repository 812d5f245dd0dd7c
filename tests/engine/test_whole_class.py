"""A class of 200 hand-ins with thirty kinds of mess, from the export of a platform to its import by two commands."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from grader.sandbox.probe import lock_problem

pytestmark = pytest.mark.skipif(bool(lock_problem()), reason=lock_problem())

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
try:
    from exports import PLATFORMS, Made, canvas, handed_in, messes, moodle, moodle_teams, students
    from lms import CanvasCourse, MoodleAssignment
finally:
    sys.path.pop(0)

Command = Callable[..., subprocess.CompletedProcess[str]]
# Each fifteenth has handed in nothing.
SIZE, HAND_INS = 214, 200
# As many as it takes for each kind of mess to be there once.
FEW = len(messes()) + 3
SUMS = 4711
PAGE = "feedback-tiny.html"
PEOPLE = students(SIZE)


@dataclass(frozen=True)
class Place:
    """Where a course is, and where classes are graded."""

    folder: Path
    course: Path

    def graded(self, grader: Command, made: Made, name: str) -> Path:
        """Grade an export by one command, but for tables of people whose columns must be named first."""
        out = self.folder / f"{name}-out"
        roster: tuple[str | Path, ...] = ("--roster", made.roster)
        if made.columns:
            named = (word for column in made.columns for word in ("--column", column))
            assert grader("roster", "import", out, made.roster, *named).returncode == 0
            roster = ()
        command = ("batch", made.export, *made.options, "-a", "tiny", "--course", self.course, "--out", out)
        done = grader(*command, *roster, "--jobs", "2")
        assert done.returncode == 0, done.stderr
        return out

    def through(self, grader: Command, made: Made, platform: str, *more: str) -> tuple[Path, Path]:
        """Grade an export and publish it: two commands. Return where it was graded and the folder with the files."""
        out = self.graded(grader, made, made.export.stem)
        done = grader("publish", out, "--as", platform, "--file", made.roster, "--course", self.course, *more)
        assert done.returncode == 1, done.stdout + done.stderr  # one is in no file of the platform: who has left
        assert "1  the file has no row for this person" in done.stdout
        return out, out / "publish" / platform


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path]) -> Place:
    """A folder with the small course."""
    folder = tmp_path_factory.mktemp("whole")
    return Place(folder, make_tiny_course(folder))


@pytest.fixture(scope="module")
def marks(place: Place) -> Mapping[str, Decimal | None]:
    """The marks of everybody by id, each hand-in graded alone; None where there is none that can be graded."""
    folders = []
    for person, work in handed_in(PEOPLE):
        own = place.folder / "alone" / person.id
        own.mkdir(parents=True)
        for name, content in work.files.items():
            (own / name).write_bytes(content)
        folders.append(own)
    results = place.folder / "alone.json"
    command = [sys.executable, HERE / "grade_several.py", place.course, "tiny", "auto", results, *folders]
    subprocess.run(command, check=True, capture_output=True, cwd=HERE.parents[1])
    alone = json.loads(results.read_text(encoding="utf-8"))
    found = {
        own.name: None if one["error"] else Decimal(one["result"]["marks"])
        for own, one in zip(folders, alone, strict=True)
    }
    return {person.id: found.get(person.id) for person in PEOPLE}


@pytest.fixture(scope="module")
def in_moodle(place: Place, grader: Command) -> tuple[MoodleAssignment, Path, Made]:
    """The class in Moodle once its marks are imported, the folder that it was graded into, and the export."""
    folder = place.folder / "moodle"
    folder.mkdir()
    made = moodle(folder, SIZE)
    site = MoodleAssignment.of(made.roster.read_bytes())
    out, files = place.through(grader, made, "moodle")
    site.import_worksheet((files / made.roster.name).read_bytes())
    site.import_feedback((files / f"{made.roster.stem}-feedback.zip").read_bytes())
    return site, out, made


@pytest.fixture(scope="module")
def in_canvas(place: Place, grader: Command) -> tuple[CanvasCourse, Path, Made]:
    """The class in Canvas likewise."""
    folder = place.folder / "canvas"
    folder.mkdir()
    made = canvas(folder, SIZE)
    course = CanvasCourse.of(made.roster.read_bytes())
    out, files = place.through(grader, made, "canvas", "--column", str(SUMS))
    course.import_gradebook((files / made.roster.name).read_bytes())
    return course, out, made


def test_the_class_is_as_large_and_as_messy_as_it_is_called(marks: Mapping[str, Decimal | None]) -> None:
    assert len([*handed_in(PEOPLE)]) == HAND_INS
    assert len({work.mess for _, work in handed_in(PEOPLE)}) == len(messes()) > 20
    assert {*marks.values()} == {None, Decimal(0), Decimal(1), Decimal(3)}


def test_moodle_has_the_marks_of_200_single_runs(
    in_moodle: tuple[MoodleAssignment, Path, Made], marks: Mapping[str, Decimal | None]
) -> None:
    site, _, _ = in_moodle
    assert {person.id: site.people[int(person.moodle)].grade for person in PEOPLE} == marks
    empty = {int(person.moodle) for person in PEOPLE if marks[person.id] is None}
    assert site.skipped == dict.fromkeys(empty, "empty")


def test_everybody_has_a_comment_and_a_page_in_moodle(in_moodle: tuple[MoodleAssignment, Path, Made]) -> None:
    site, _, _ = in_moodle
    assert site.ignored == []
    assert [[*one.files] for one in site.people.values()] == [[PAGE]] * SIZE
    assert all(one.comment for one in site.people.values())
    pages = {number: one.files[PAGE].decode() for number, one in site.people.items()}
    refused = {int(person.moodle): work for person, work in handed_in(PEOPLE) if work.mess == "a document"}
    assert all("hw1.docx" in pages[number] for number in refused)
    came = {int(person.moodle) for person, _ in handed_in(PEOPLE)}
    assert all("Nothing was handed in." in page for number, page in pages.items() if number not in came)


def test_canvas_has_the_marks_of_200_single_runs_and_no_other_change(
    in_canvas: tuple[CanvasCourse, Path, Made], marks: Mapping[str, Decimal | None]
) -> None:
    course, _, made = in_canvas
    assert {person.id: course.shown(int(person.canvas), SUMS) for person in PEOPLE} == marks
    assert (course.new_assignments, course.new_students) == ([], [])
    assert course.assignments == CanvasCourse.of(made.roster.read_bytes()).assignments


@pytest.mark.parametrize("platform", ["in_moodle", "in_canvas"])
def test_every_file_is_accounted_for(request: pytest.FixtureRequest, platform: str) -> None:
    """Either it has a line, or it was graded with the folder around it."""
    _, out, made = request.getfixturevalue(platform)
    with (out / "inbox.csv").open(encoding="utf-8", newline="") as file:
        lines = {row["path"].removeprefix("'"): row for row in csv.DictReader(file)}
    with zipfile.ZipFile(made.export) as archive:
        silent = [name for name in archive.namelist() if name not in lines]
    assert {lines[name.partition("/")[0]]["status"] for name in silent} <= {"graded"}
    assert {row["status"] for row in lines.values()} <= {"graded", "refused", "not taken"}
    assert all(row["reason"] for row in lines.values() if row["status"] != "graded")


def test_a_table_has_everybody_with_the_same_marks(
    place: Place,
    grader: Command,
    in_moodle: tuple[MoodleAssignment, Path, Made],
    marks: Mapping[str, Decimal | None],
) -> None:
    _, out, _ = in_moodle
    assert grader("publish", out, "--as", "csv").returncode == 0
    with (out / "publish" / "csv" / "marks.csv").open(encoding="utf-8", newline="") as file:
        found = {row["id"]: Decimal(row["marks"]) if row["marks"] else None for row in csv.DictReader(file)}
    assert {person.id: found[person.id] for person in PEOPLE} == marks
    assert [(who[:8], mark) for who, mark in found.items() if who not in marks] == [("Zoe Gone", Decimal(3))]


@pytest.mark.parametrize("platform", [name for name in PLATFORMS if name not in ("moodle", "canvas")])
def test_the_export_of_every_other_platform_becomes_a_table(place: Place, grader: Command, platform: str) -> None:
    folder = place.folder / platform
    folder.mkdir()
    made = PLATFORMS[platform](folder, FEW)
    out = place.graded(grader, made, platform)
    assert grader("publish", out, "--as", "csv").returncode == 0
    with (out / "publish" / "csv" / "marks.csv").open(encoding="utf-8", newline="") as file:
        found = {row["id"]: row["marks"] or None for row in csv.DictReader(file)}
    expected = {person: mark for whose, mark in made.marks.items() for person in whose}
    assert {person: found[person] for person in expected} == expected
    assert {person: found[person] for person in made.missing} == dict.fromkeys(made.missing)


def test_every_member_of_a_group_has_its_mark_in_moodle(place: Place, grader: Command) -> None:
    """A group's number in the archive is a participant's of another group."""
    folder = place.folder / "teams"
    folder.mkdir()
    made = moodle_teams(folder, 14)
    site = MoodleAssignment.of(made.roster.read_bytes())
    _, files = place.through(grader, made, "moodle")
    site.import_worksheet((files / made.roster.name).read_bytes())
    site.import_feedback((files / f"{made.roster.stem}-feedback.zip").read_bytes())
    grades = {f"cs23b{number - 51000:03}": one.grade for number, one in site.people.items()}
    expected = {person: mark and Decimal(mark) for whose, mark in made.marks.items() for person in whose}
    assert {person: grades[person] for person in expected} == expected
    assert all(one.files for one in site.people.values())
