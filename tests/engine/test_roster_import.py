"""A roster out of the tables of learning platforms: every field, rows of nobody, people of several tables joined."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.core.errors import UsageError
from grader.roster.importing import demand_columns, joined, read_people
from grader.roster.people import Extension, Person, Roster
from grader.roster.written import read_roster

Command = Callable[..., subprocess.CompletedProcess[str]]

ENGLISH = "Identifier,Full name,Email address,ID number,Status,Group,Grade,Maximum grade,Feedback comments"
GERMAN = "ID;Vollständiger Name;E-Mail-Adresse;ID-Nummer;Status;Gruppe;Bewertung;Bestwertung;Feedback als Kommentar"


def people(folder: Path, text: str, encoding: str = "utf-8", **columns: str) -> list[Person]:
    (folder / "table.csv").write_text(text, encoding=encoding)
    return [*read_people(folder / "table.csv", columns).roster]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_moodles_worksheet(encoding: str, tmp_path: Path) -> None:
    rows = "Participant 77,Ada Łovelace,ada@x.org,CS1,-,Team 1,,3,\nParticipant 78,Ben,ben@x.org,,-,,,3,\n"
    assert people(tmp_path, f"{ENGLISH}\n{rows}", encoding) == [
        Person("CS1", "Ada Łovelace", "ada@x.org", groups=("Team 1",), lms={"moodle": "77"}),
        Person("ben@x.org", "Ben", "ben@x.org", lms={"moodle": "78"}),
    ]


def test_moodles_worksheet_in_german_and_of_blind_marking(tmp_path: Path) -> None:
    """Catches: an English word or a blank before the number taken for granted."""
    german = people(tmp_path, f"{GERMAN}\nTeilnehmer/in1234;Ada;a@x;7;-;;;3;\n", "cp1252")
    assert german == [Person("7", "Ada", "a@x", lms={"moodle": "1234"})]
    blind = people(tmp_path, "Identifier,Status,Grade,Maximum grade\nParticipant 77,-,,3\n")
    assert blind == [Person("77", lms={"moodle": "77"})]


def test_canvas_gradebook_without_its_rows_of_nobody(tmp_path: Path) -> None:
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,hw1 (4711),Final Score\n"
        "Manual Posting,,,,,,\n    Points Possible,,,,,3.00,(read only)\n"
        '"Lovelace, Ada",7,cs1,ada@x.org,DL-A,,\n"Nevis, Ben",8,,ben@x.org,DL-B,,\n"Ng, Dan",9,,,DL-B,,\n'
        '"Student, Test",99,,f00,DL-A,,\n'
    )
    all_three = {"canvas": "7", "canvas_sis": "cs1", "canvas_login": "ada@x.org"}
    assert people(tmp_path, text) == [
        Person("cs1", "Ada Lovelace", section="DL-A", lms=all_three),
        Person("ben@x.org", "Ben Nevis", section="DL-B", lms={"canvas": "8", "canvas_login": "ben@x.org"}),
        Person("9", "Dan Ng", section="DL-B", lms={"canvas": "9"}),
    ]  # fmt: skip


def test_canvas_gradebook_with_names_apart(tmp_path: Path) -> None:
    text = "LastName,FirstName,ID,SIS Login ID,Section\nLovelace,Ada,7,ada,A\n"
    assert people(tmp_path, text) == [
        Person("ada", "Ada Lovelace", section="A", lms={"canvas": "7", "canvas_login": "ada"})
    ]


def test_gradescopes_roster_has_students_only(tmp_path: Path) -> None:
    text = (
        "First Name,Last Name,Email,SID,Role,Section\n"
        "Ada,Lovelace,ada@x.org,1001,Student,A\nBen,Nevis,ben@x.org,,Student,\nGrace,Hopper,g@x.org,,Instructor,\n"
    )
    assert people(tmp_path, text) == [
        Person("1001", "Ada Lovelace", "ada@x.org", "A", lms={"gradescope": "1001"}),
        Person("ben@x.org", "Ben Nevis", "ben@x.org"),
    ]


def test_githubs_rosters(tmp_path: Path) -> None:
    assert people(tmp_path, "identifier,github_username,github_id,name\ncs1,ada,1,Ada L\n,ben,2,\n") == [
        Person("cs1", "Ada L", lms={"github": "ada"}),
        Person("ben", lms={"github": "ben"}),
    ]
    assert people(tmp_path, "username,first_name,last_name,email,section,github_id\nada,Ada,L,a@x,A,1\n") == [
        Person("a@x", "Ada L", "a@x", "A", lms={"github": "ada"})
    ]


def test_a_roster_of_ours_and_any_other_table(tmp_path: Path) -> None:
    ours = people(tmp_path, "id,name,extensions,github\ncs1,Ada,*=+2d,ada\n")
    assert [(one.id, len(one.extensions), one.lms) for one in ours] == [("cs1", 1, {"github": "ada"})]
    other = people(tmp_path, "Roll No;Who;Team\nCS1;Lovelace, Ada;x; y\n", id="roll no", name="Who", groups="Team")
    assert other == [Person("CS1", "Ada Lovelace", groups=("x",))]


def test_rows_that_say_nothing_of_a_person_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "office.csv"
    path.write_text("Roll,Who,Fee\ncs1,Ada,1\n,,2\ncs2,Ben,3\n,,4\n,,5\n", encoding="utf-8")
    table = read_people(path, {"id": "Roll", "name": "Who"})
    assert [one.id for one in table.roster] == ["cs1", "cs2"]
    assert str(table) == f"{path}: columns as told, 2 people, 3 rows of nobody in the class"


@pytest.mark.parametrize(
    ("text", "columns", "words"),
    [
        ("Roll,Who\n1,Ada\n", {}, "row 1: the columns of this table"),
        ("Roll,Who\n1,Ada\n", {"id": "Rol"}, "did you mean `Roll`"),
        ("Roll,Who\n1,Ada\n", {"number": "Roll"}, "no field with this name"),
        ("Roll,Who\n1,Ada\n1,Ben\n", {"id": "Roll"}, "row 3: two people have the same id"),
        ("PK\x03\x04[Content_Types].xml", {"id": "Roll"}, "an Excel workbook"),
        ("PK\x03\x04Roll", {"id": "Roll"}, "a ZIP archive"),
        ("Roll,Who\n,Ada\n", {"id": "Roll", "name": "Who"}, "row 2: a person without an id"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row(
    text: str, columns: dict[str, str], words: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as told:
        people(tmp_path, text, **columns)
    assert words in str(told.value)


def test_columns_are_told_as_field_and_column() -> None:
    assert demand_columns(["id=Roll No", "name= Who "]) == {"id": "Roll No", "name": "Who"}
    for wrong in ("id", "=x", "id="):
        with pytest.raises(UsageError, match="does not give a column"):
            demand_columns([wrong])


ADA = Person("cs1", "Ada Lovelace", "ada@x.org", "A", (), (Extension("hw1"),), {"canvas": "7"})


@pytest.mark.parametrize(
    ("other", "notes"),
    [
        (Person("CS1", lms={"moodle": "77"}), 0),
        (Person("77", email="ADA@x.org", lms={"moodle": "77"}), 0),
        (Person("7", lms={"canvas": "7", "moodle": "77"}), 0),
        (Person("77", "Lovelace, Ada", lms={"moodle": "77"}), 1),
    ],
)
def test_one_person_of_two_tables_is_one(other: Person, notes: int) -> None:
    roster, told = joined(Roster((ADA,)), [Roster((other,))])
    assert (len(roster), len(told)) == (1, notes)
    found = roster.people[0]
    assert (found.id, found.email.casefold(), found.section) == ("cs1", ADA.email, "A")
    assert (found.extensions, dict(found.lms)) == (ADA.extensions, {"canvas": "7", "moodle": "77"})


@pytest.mark.parametrize(
    "others",
    [
        (Person("cs2", "Ada Lovelace", "other@x.org"),),
        (Person("cs2", "Ada Lovelace", lms={"canvas": "8"}),),
        (Person("cs2", "Ada Lovelace"), Person("cs3", "Ada Lovelace")),
        (Person("cs2", "Ada Lovelac"),),
    ],
)
def test_people_who_may_be_two_stay_two(others: tuple[Person, ...]) -> None:
    """Catches: one student's numbers given to another of the same name."""
    roster, told = joined(Roster((ADA,)), [Roster(others)])
    assert ([one.id for one in roster], told) == ([ADA.id, *(one.id for one in others)], [])


@pytest.mark.parametrize(
    ("others", "count", "words"),
    [
        ((Person("2", "Ben", "ADA@x.org"), Person("3", "Cy", "ada@x.org")), 3, "2 and 3 have the same address"),
        ((Person("2", "Ben", lms={"canvas": "7"}), Person("3", "Cy", lms={"canvas": "7"})), 3, "is ignored: 7"),
        ((Person("2", email="ada@x.org"), Person("3", lms={"canvas": "7"})), 2, "3 and 2 are kept as two people"),
        ((Person("2", email="ada@x.org"), Person("CS1", "Ada")), 2, "2 and CS1 are kept as two people"),
        ((Person("2", "Ada Lovelace"), Person("3", email="ada@x.org")), 2, "2 and 3 are kept as two people"),
    ],
)
def test_no_two_rows_of_one_table_become_one_person(others: tuple[Person, ...], count: int, words: str) -> None:
    """Catches: one person overwritten by another who has the same address, or the same number on a platform."""
    roster, told = joined(Roster((ADA,)), [Roster(others)])
    assert (len(roster), len(told)) == (count, 1)
    assert words in told[0]
    names = {one.name for one in others if one.name}
    assert names <= {one.name for one in roster}


def test_two_who_share_an_address_are_told_apart_by_their_names() -> None:
    both = Roster((Person("a", "Ada", "us@x.org"), Person("b", "Ben", "us@x.org")))
    again = Roster((Person("1", "Ben", "us@x.org", "B"), Person("2", "Ada", "us@x.org", "A")))
    roster, told = joined(both, [again])
    assert [(one.id, one.section) for one in roster] == [("a", "A"), ("b", "B")]
    assert len(told) == 3


def test_later_tables_go_before_and_take_nothing_away() -> None:
    new = Person("cs1", "Ada King", "", "B", ("x",))
    roster, _ = joined(Roster((ADA,)), [Roster((new,)), Roster((Person("cs1"),))])
    assert roster.people == (Person("cs1", "Ada King", "ada@x.org", "B", ("x",), ADA.extensions, {"canvas": "7"}),)


def test_the_command_adds_to_the_roster_of_a_folder(grader: Command, tmp_path: Path) -> None:
    (tmp_path / "worksheet.csv").write_text(f"{ENGLISH}\nParticipant 77,Ada,a@x,cs1,-,,,3,\n", encoding="utf-8")
    (tmp_path / "office.csv").write_text("Roll;Batch\ncs1;A\ncs2;B\n", encoding="utf-8")
    first = grader("roster", "import", tmp_path / "out", tmp_path / "worksheet.csv")
    assert (first.returncode, "Moodle's grading worksheet, 1 people" in first.stdout) == (0, True), first.stderr
    office = ("roster", "import", tmp_path / "out", tmp_path / "office.csv")
    assert grader(*office).returncode == 2
    second = grader(*office, "--column", "id=Roll", "--column", "section=Batch")
    assert second.returncode == 0, second.stderr
    assert read_roster(tmp_path / "out").people == (
        Person("cs1", "Ada", "a@x", "A", lms={"moodle": "77"}),
        Person("cs2", section="B"),
    )


def test_without_a_roster_there_is_nobody_to_show(grader: Command, tmp_path: Path) -> None:
    done = grader("roster", "show", tmp_path)
    assert (done.returncode, "grader roster import" in done.stderr) == (2, True)
