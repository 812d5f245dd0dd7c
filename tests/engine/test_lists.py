"""Tables of somebody's about an export: whose each file is, and when hand-ins came."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.core.errors import UsageError
from grader.intake.lists import Times, read_list, read_times
from grader.intake.platforms.upload import Submitter, Upload
from grader.roster.people import Person, Roster

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLASS = Roster((Person("a1", "Ada", "ada@x.org"), Person("b2", "Ben")))


def table(folder: Path, text: str) -> Path:
    (folder / "list.csv").write_text(text, encoding="utf-8")
    return folder / "list.csv"


def test_rows_of_one_file_are_those_of_a_group(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Name of file;Student;Time\nhw.py;B2;2026-03-01T12:00Z\nhw.py;a1;\n"
        "notes/;ada@x.org;\nmore.py;a1;\nmore.py;b2;\n",
    )
    group = (Submitter("B2"), Submitter("a1"))
    assert read_list(path, ["hw.py", "notes", "more.py", "other.py"]) == {
        "hw.py": Upload("a1 b2 2026-03-01 12.00.00", platform="listed", submitters=group, time=NOON, student="B2; a1"),
        "notes": Upload("ada@x.org", platform="listed", submitters=(Submitter("", "ada@x.org"),), student="ada@x.org"),
        "more.py": Upload("a1 b2", platform="listed", submitters=(Submitter("a1"), Submitter("b2")), student="a1; b2"),
    }


@pytest.mark.parametrize(
    ("text", "words", "row", "found", "expected"),
    [
        ("name,student\nhw.py,a1\n", "a column is missing", "row 1", "name, student", "a column `file`"),
        ("file,mark\nhw.py,1\n", "a column is missing", "row 1", "file, mark", "a column `student`"),
        ("file,student\nhw.py,a1\nhv.py,a1\n", "no such file", "row 3", "hv.py", None),
        ("file,student\nhw.py,\n", "does not say whose", "row 2", None, "a student's id"),
        ("file,student,time\nhw.py,a1,noon\n", "this is not a time", "row 2", "noon", ""),
    ],
)
def test_what_is_wrong_in_a_list_is_told_with_its_row(
    tmp_path: Path, text: str, words: str, row: str, found: str | None, expected: str | None
) -> None:
    with pytest.raises(UsageError, match=words) as told:
        read_list(table(tmp_path, text), ["hw.py"])
    assert str(told.value.where).endswith(row)
    assert told.value.found == found
    assert expected == "" or told.value.expected == expected


def test_times_are_those_of_hand_ins_and_of_people(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "submission,student,time\nhw.py,,2026-03-01T12:00Z\n,ada@x.org,2026-03-02T12:00Z\n,B2,2026-03-01T12:00Z\nx,,\n",
    )
    times = read_times(path, ["hw.py", "other.py"], CLASS)
    assert times == Times("list.csv", {"hw.py": NOON}, {"a1": LATER, "b2": NOON})
    assert times.of("hw.py", ["a1"]) == NOON  # what is said of the hand-in goes first
    assert times.of("other.py", ["b2", "A1"]) == LATER
    assert times.of("other.py", ["c3"]) is None
    assert Times().of("hw.py", []) is None


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("file,time\nhw.py,2026-03-01T12:00Z\n", "a column is missing", "file, time"),
        ("submission\nhw.py\n", "a column is missing", "submission"),
        ("submission,time\nhv.py,2026-03-01T12:00Z\n", "no such hand-in", "hv.py"),
        ("student,time\nc3,2026-03-01T12:00Z\n", "not on the roster", "c3"),
        ("student,time\na1,noon\n", "this is not a time", "noon"),
    ],
)
def test_what_is_wrong_in_a_table_of_times_is_told(tmp_path: Path, text: str, words: str, found: str) -> None:
    with pytest.raises(UsageError, match=words) as told:
        read_times(table(tmp_path, text), ["hw.py"], CLASS)
    assert told.value.found == found
