"""Exports of every platform as they are downloaded: whose all is, what is nobody's, every file accounted for."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
try:
    from exports import PLATFORMS, RIGHT, STUB, WRONG, Made, messes
finally:
    sys.path.pop(0)

from grader.book.listed import graded_rows
from grader.cohort.class_folder import ClassFolder
from grader.cohort.class_inbox import ClassInbox, Sources
from grader.core.errors import UsageError
from grader.core.spreadsheet import inert_csv, plain_cell
from grader.course.folder import Course
from grader.intake.survey import HandIn
from grader.roster.attempts import Attempt, read_attempts, write_attempts
from grader.roster.importing import add_to_roster, demand_columns

Command = Callable[..., subprocess.CompletedProcess[str]]
# As many as it takes for each kind of mess to be there once, and for somebody to have handed in nothing.
FEW = len(messes()) + 3
LAZY = ("-a", "tiny")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, make_tiny_course: Callable[[Path], Path]) -> Path:
    return make_tiny_course(tmp_path_factory.mktemp("course"))


def looked_through(made: Made, course: Path, out: Path) -> ClassInbox:
    out.mkdir(exist_ok=True)
    add_to_roster(out, [made.roster], demand_columns(made.columns))
    found = Course.find(course)
    sources = Sources([made.export], list=Path(made.options[1]) if made.options else None)
    return ClassInbox.of(sources, found, found.rubric("tiny"), ClassFolder(out))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{key: plain_cell(value) for key, value in row.items()} for row in csv.DictReader(file)]


def test_there_are_more_than_twenty_kinds_of_mess() -> None:
    assert len({work.mess for work in messes()}) == len(messes()) > 20


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_hand_in_is_the_persons_whose_it_is(platform: str, course: Path, tmp_path: Path) -> None:
    """Catches: a group's number taken for a person's, a name for another's, a file lost or counted twice."""
    made = PLATFORMS[platform](tmp_path, FEW)
    found = looked_through(made, course, tmp_path / "out")
    known = {one.owner.people: one.staged is not None for one in found.hand_ins if one.owner.people}
    assert known == {people: marks is not None for people, marks in made.marks.items()}
    assert len(found.hand_ins) == len(made.marks) + len(made.unknown)
    assert [name for one in found.unknown() for name in made.unknown if name in one.name] == [*made.unknown]
    assert [one.id for one in found.missing()] == made.missing
    assert {one.owner.people for one in found.hand_ins if one.upload and one.upload.late} == made.late


@pytest.fixture(scope="module")
def graded(course: Path, grader: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Path, str]:
    """Moodle's archive, the folder that it was graded into by one command, and what that said."""
    folder = tmp_path_factory.mktemp("moodle")
    made, out = PLATFORMS["moodle"](folder, FEW), folder / "out"
    done = grader("batch", made.export, "--roster", made.roster, "--course", course, "--out", out, *LAZY)
    assert done.returncode == 0, done.stderr
    return made, out, done.stdout


def test_an_archive_and_a_worksheet_become_marks_by_one_command(graded: tuple[Made, Path, str]) -> None:
    made, out, said = graded
    table = rows(out / "marks.csv")
    marks = {tuple(row["student"].split("; ")): row["marks"] or None for row in table}
    unknown = {row["student"]: row for row in table if "on no roster" in row["remark"]}
    assert {people: marks[people] for people in made.marks} == made.marks
    assert [(name.rpartition("_")[0], row["marks"]) for name, row in unknown.items()] == [*made.unknown.items()]
    assert f"{len(made.missing)} on the roster handed in nothing: {', '.join(made.missing)}" in said
    assert "1 hand-in of nobody on the roster" in said


def test_marks_are_those_of_single_runs(graded: tuple[Made, Path, str], course: Path, tmp_path: Path) -> None:
    """Catches: what an export puts around work changes its marks."""
    made, out, _ = graded
    singles = {}
    with zipfile.ZipFile(made.export) as archive:
        archive.extractall(tmp_path / "by hand")
    for folder in sorted((tmp_path / "by hand").iterdir()):
        if folder.name.endswith("_file"):
            text = folder.with_name(folder.name.replace("_file", "_onlinetext")) / "onlinetext.html"
            if text.exists():
                (folder / text.name).write_bytes(text.read_bytes())
            singles[folder.name.partition("_assign")[0]] = folder
    command = [
        sys.executable, Path(__file__).with_name("grade_several.py"), course, "tiny", "auto", tmp_path / "one.json",
        *singles.values(),
    ]  # fmt: skip
    subprocess.run(list(map(str, command)), check=True, cwd=Path(__file__).parents[2])
    alone = json.loads((tmp_path / "one.json").read_text())
    expected = {
        name: one["result"]["marks"] if "result" in one else "" for name, one in zip(singles, alone, strict=True)
    }
    assert {row["submission"].partition("_assign")[0]: row["marks"] for row in rows(out / "marks.csv")} == expected


def test_every_file_of_the_archive_has_a_line_or_was_graded_with_its_folder(graded: tuple[Made, Path, str]) -> None:
    made, out, _ = graded
    lines = {row["path"]: row for row in rows(out / "inbox.csv")}
    with zipfile.ZipFile(made.export) as archive:
        names = [name for name in archive.namelist() if name not in lines]
    folders = {name: lines[name.partition("/")[0]] for name in names}
    assert {row["status"] for row in folders.values()} == {"graded"}
    results = {path.stem: json.loads(path.read_text()) for path in (out / "results").glob("*.json")}
    assert {row["submission"] for row in folders.values()} == set(results)


def test_a_second_round_neither_unpacks_nor_grades_again(
    graded: tuple[Made, Path, str], course: Path, grader: Command
) -> None:
    made, out, _ = graded
    (unpacked,) = (path for path in (out / "exports").iterdir() if path.is_dir())
    before = unpacked.stat().st_ino, (out / "marks.csv").read_bytes(), (out / "attempts.csv").read_bytes()
    done = grader("batch", made.export, "--course", course, "--out", out, *LAZY)
    assert done.returncode == 0, done.stderr
    assert f"{sum(marks is not None for marks in made.marks.values()) + 1} kept from an earlier run" in done.stdout
    assert (unpacked.stat().st_ino, (out / "marks.csv").read_bytes(), (out / "attempts.csv").read_bytes()) == before


def test_who_is_missing_and_unknown_is_listed_and_one_command_assigns(
    graded: tuple[Made, Path, str], course: Path, grader: Command
) -> None:
    made, out, _ = graded
    shown = grader("roster", "show", out)
    assert (shown.returncode, all(one in shown.stdout for one in [*made.missing, "Zoe Gone"])) == (1, True)
    (name,) = (row["submission"] for row in rows(out / "marks.csv") if "Zoe Gone" in row["submission"])
    wrong = grader("roster", "assign", out, name, "nobody")
    assert (wrong.returncode, "not on the roster" in wrong.stderr) == (2, True)
    lost = grader("roster", "assign", out, "Zoe", made.missing[0])
    assert (lost.returncode, f"did you mean `{name}`" in lost.stderr) == (2, False)
    done = grader("roster", "assign", out, name, *made.missing)
    assert done.returncode == 0, done.stderr
    again = grader("batch", made.export, "--course", course, "--out", out, *LAZY)
    assert again.returncode == 0, again.stderr
    assert {one.submission: one.people for one in read_attempts(out)}[name] == tuple(made.missing)
    assert (grader("roster", "show", out).returncode, "handed in nothing" in again.stdout) == (0, False)
    (out / "assigned.csv").unlink()


def export(folder: Path, name: str, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / name, "w") as archive:
        for student, text in texts.items():
            archive.writestr(f"{student}_1{len(student)}_456_sums.py", text)
    return folder / name


def test_exports_of_several_days_are_attempts(course: Path, grader: Command, tmp_path: Path) -> None:
    """Catches: what was handed in on Monday gone on Tuesday, or counted as a second attempt where nothing changed."""
    monday = export(tmp_path / "mon", "submissions.zip", ada=STUB, benno=WRONG)
    tuesday = export(tmp_path / "tue", "submissions.zip", ada=RIGHT, benno=WRONG, carla=RIGHT)
    out = tmp_path / "out"
    done = grader("batch", monday, tuesday, "--course", course, "--out", out, *LAZY)
    assert done.returncode == 0, done.stderr
    marks = {row["submission"]: row["marks"] for row in rows(out / "marks.csv")}
    assert marks == {
        "ada_13_456_sums": "0",
        "ada_13_456_sums-2": "3",
        "benno_15_456_sums": "1",
        "carla_15_456_sums": "3",
    }
    assert {one.submission: one.number for one in read_attempts(out)} == {
        "ada_13_456_sums": 1, "ada_13_456_sums-2": 2, "benno_15_456_sums": None, "carla_15_456_sums": None,
    }  # fmt: skip
    lines = {row["path"]: row for row in rows(out / "inbox.csv")}
    assert len(lines) == 5
    again = lines["submissions-2/benno_15_456_sums.py"]
    assert (again["status"], "earlier export" in again["reason"], again["submission"]) == (
        "graded",
        True,
        "benno_15_456_sums",
    )


@pytest.fixture(scope="module")
def with_pattern(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course, its rubric with a pattern that finds the roll number in a file's name."""
    own = tmp_path_factory.mktemp("pattern") / "course"
    shutil.copytree(course, own)
    rubric = own / "rubrics" / "tiny.yaml"
    named = rubric.read_text(encoding="utf-8").replace(
        "marks: 3\n", "marks: 3\nsubmissions: {name: '(?P<roll>cs23b\\d{3})'}\n", 1
    )
    rubric.write_text(named, encoding="utf-8")
    return own


def of_two_days(folder: Path, course: Path, roster: str) -> tuple[ClassInbox, Path]:
    """Look through Monday's export, with Ada's hand-in, and Tuesday's, with Mallory's, who has named hers for Ada."""
    ada, mallory = "lovelaceada_77_500_cs23b001.py", "malloryx_99_502_cs23b001.py"
    for day, names in (("mon", [ada]), ("tue", [ada, mallory])):
        (folder / day).mkdir()
        for name in names:
            (folder / day / name).write_text(f"{RIGHT}# {name}\n", encoding="utf-8")
    out = folder / "out"
    out.mkdir()
    if roster:
        (out / "roster.csv").write_text(roster, encoding="utf-8")
    found = Course.find(course)
    return ClassInbox.of(Sources([folder / "mon", folder / "tue"]), found, found.rubric("tiny"), ClassFolder(out)), out


def booked(found: ClassInbox, out: Path) -> list[tuple[tuple[str, ...], int | None]]:
    """Return whose attempts the book takes the hand-ins for, and which."""
    write_attempts(out, found.attempts())
    table = [["submission", "student", "marks"], *([one.name, one.student, "3"] for one in found.hand_ins)]
    (out / "marks.csv").write_text(inert_csv(table), encoding="utf-8")
    return [(row.people, row.number) for row in graded_rows(out)]


def test_a_roll_number_in_a_strangers_file_name_gives_its_owner_no_attempt(with_pattern: Path, tmp_path: Path) -> None:
    """Catches: Mallory, whom the roster does not know, names a file for Ada and hands in her last attempt."""
    found, out = of_two_days(tmp_path, with_pattern, "id,name,canvas\ncs23b001,Ada Lovelace,77\n")
    ada, mallory = found.hand_ins
    assert (ada.student, mallory.student) == ("cs23b001", "malloryx_99")
    assert "on no roster" in mallory.remarks[0]
    assert booked(found, out) == [(("cs23b001",), None), ((mallory.name,), None)]


def test_without_a_roster_two_accounts_of_one_roll_number_are_told_apart(with_pattern: Path, tmp_path: Path) -> None:
    """Catches: who names a file for Ada makes it her second attempt."""
    found, out = of_two_days(tmp_path, with_pattern, "")
    assert [one.student for one in found.hand_ins] == ["lovelaceada_77", "malloryx_99"]
    assert [f"cs23b001 may be meant, as by {other.name}" in one.remarks for one, other in pairs(found)] == [True, True]
    assert booked(found, out) == [(("lovelaceada_77",), None), (("malloryx_99",), None)]


def pairs(found: ClassInbox) -> list[tuple[HandIn, HandIn]]:
    one, other = found.hand_ins
    return [(one, other), (other, one)]


def test_a_hand_in_of_nobodys_is_not_somebodys_by_its_own_name(with_pattern: Path, tmp_path: Path) -> None:
    """Catches: an account that calls itself by Ada's roll number stands for her."""
    found, out = of_two_days(tmp_path, with_pattern, "id,name,canvas\ncs23b001,Ada Lovelace,77\n")
    named = [replace(found.hand_ins[1], name="cs23b001")]
    assert booked(replace(found, hand_ins=named), out) == [(("hand-in cs23b001",), None)]


def test_names_tell_attempts_only_where_they_tell_all(course: Path, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id\ncs23b001\ncs23b002\ncs23b003\n", encoding="utf-8")
    names = ("cs23b001.py", "cs23b001 (1).py", "cs23b001 (2).py", "cs23b002.py", "cs23b002-1.zip", "cs23b003.py")
    for name in names:
        (tmp_path / "inbox" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "inbox" / name).write_text(f"{RIGHT}# {name}\n", encoding="utf-8")
    found = looked_through(Made(tmp_path / "inbox", tmp_path / "people.csv"), course, tmp_path / "out")
    numbers = {one.submission: one.number for one in found.attempts()}
    assert numbers == {
        "cs23b001": 1, "cs23b001 (1)": 2, "cs23b001 (2)": 3, "cs23b002": None, "cs23b002-1": None, "cs23b003": None,
    }  # fmt: skip


def test_times_are_a_tables_or_gradescopes_and_never_a_files(course: Path, tmp_path: Path) -> None:
    made = PLATFORMS["gradescope"](tmp_path, FEW)
    found = looked_through(made, course, tmp_path / "out")
    told = {one.people: one for one in found.attempts()}
    first = told["cs23b001", "cs23b002"]
    assert (first.time, first.number, first.told_by) == (datetime(2026, 3, 1, 10, tzinfo=UTC), 2, "gradescope")
    moodle = looked_through(PLATFORMS["moodle"](tmp_path, FEW), course, tmp_path / "other")
    assert {(one.time, one.told_by, one.late) for one in moodle.attempts()} == {(None, "", None)}
    table = tmp_path / "times.csv"
    table.write_text("student,time\ncs23b001@students.example.org,2026-03-02T10:00+05:30\n", encoding="utf-8")
    here = Course.find(course)
    sources = Sources([tmp_path / "DL101-hw1-77.zip"], times=table)
    timed = ClassInbox.of(sources, here, here.rubric("tiny"), ClassFolder(tmp_path / "other")).attempts()
    assert [(one.people, one.time.isoformat(), one.told_by) for one in timed if one.time] == [
        (("cs23b001",), "2026-03-02T10:00:00+05:30", "times.csv")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("student,time\ncs23b001,tomorrow\n", "row 2: this is not a time with its zone"),
        ("student,time\nnobody,2026-03-02T10:00Z\n", "row 2: not on the roster"),
        ("submission,time\nnothing,2026-03-02T10:00Z\n", "row 2: no such hand-in"),
        ("submission,when\n", "row 1: a column is missing"),
        ("who,time\n", "row 1: a column is missing"),
    ],
)
def test_a_wrong_table_of_times_is_told_with_its_row(text: str, words: str, course: Path, tmp_path: Path) -> None:
    made = PLATFORMS["by-hand"](tmp_path, 4)
    looked_through(made, course, tmp_path / "out")
    (tmp_path / "times.csv").write_text(text, encoding="utf-8")
    here = Course.find(course)
    sources = Sources([made.export], times=tmp_path / "times.csv")
    with pytest.raises(UsageError, match=words):
        ClassInbox.of(sources, here, here.rubric("tiny"), ClassFolder(tmp_path / "out"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("file,student\nnothing.py,a1\n", "row 2: no such file"),
        ("file,student\na.py,\n", "row 2: this does not say whose the file is"),
        ("file,student,time\na.py,a1,noon\n", "row 2: this is not a time with its zone"),
        ("name,student\na.py,a1\n", "row 1: a column is missing"),
    ],
)
def test_a_wrong_list_of_files_is_told_with_its_row(text: str, words: str, course: Path, tmp_path: Path) -> None:
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "a.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    here = Course.find(course)
    sources = Sources([tmp_path / "drive"], list=tmp_path / "list.csv")
    with pytest.raises(UsageError, match=words):
        ClassInbox.of(sources, here, here.rubric("tiny"), ClassFolder(tmp_path / "out"))


def test_what_is_no_export_is_told(course: Path, grader: Command, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "packed.7z").write_bytes(b"7z\xbc\xaf\x27\x1c")
    for name, words in (
        ("cut.zip", "damaged"),
        ("packed.7z", "unpack it and give the folder"),
        ("none", "No such file"),
    ):
        done = grader("batch", tmp_path / name, "--course", course, "--out", tmp_path / "out", *LAZY)
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr
    assert [path.name for path in (tmp_path / "out" / "exports").iterdir() if path.name.startswith(".writing-")] == []


def test_what_an_archive_hides_from_the_folder_is_told(course: Path, grader: Command, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("class/cs01/sums.py", RIGHT)
        archive.writestr("class/cs02/sums.py", WRONG)
        archive.writestr("class/../../outside.py", RIGHT)
        archive.writestr("class/.hidden.py", RIGHT)
    done = grader("batch", tmp_path / "class.zip", "--course", course, "--out", tmp_path / "out", *LAZY)
    assert done.returncode == 0, done.stderr
    lines = {row["path"]: (row["status"], row["kind"]) for row in rows(tmp_path / "out" / "inbox.csv")}
    assert lines == {
        "class/cs01": ("graded", "folder"), "class/cs02": ("graded", "folder"), "class/.hidden.py": ("hidden", "file"),
        "class/../../outside.py": ("not taken", "member of an archive"),
    }  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root unpacks as another user")
def test_what_was_unpacked_is_ours(graded: tuple[Made, Path, str]) -> None:
    owners = {path.lstat().st_uid for path in (graded[1] / "exports").rglob("*")}
    assert owners == {os.getuid()}


def test_an_attempt_is_read_as_it_was_written(graded: tuple[Made, Path, str]) -> None:
    attempts = read_attempts(graded[1])
    first = next(one for one in attempts if one.people == ("cs23b001",))
    assert first == Attempt(
        "Ada Lovelace_51001_assignsubmission_file", ("cs23b001",), platform="moodle", account="Ada Lovelace_51001"
    )
