"""Whose work it is, by names alone: every field of what platforms' names tell, every writing of a roll number."""

from __future__ import annotations

import pytest

from grader.core.person_names import same_person, written_plainly
from grader.intake.bounds import MAX_DEPTH
from grader.intake.identify import (
    Author,
    account,
    author,
    normal_roll,
    roll_number,
    tops,
)
from grader.intake.names import (
    IGNORED,
    INSIDE,
    is_archive,
    is_called,
    is_ignored,
    is_other_archive,
    stem,
    with_plain_ending,
)

PATTERN = r"(?P<roll>cs\d\d)_PA[12]"
MOODLE = "Ada Lovelace_123456_assignsubmission_file"


@pytest.mark.parametrize(
    ("names", "pattern", "student", "misnamed"),
    [
        (["CS07_PA1.ipynb"], PATTERN, "cs07", False),
        (["cs07_PA2 (1).zip"], PATTERN, "cs07", False),
        (["cs07_PA2-1.py"], PATTERN, "cs07", False),
        (["notes.py", "cs08_PA1.py", "cs09_PA1.py"], PATTERN, "cs08", False),
        (["lovelaceada_12_456_cs07_PA1.zip"], PATTERN, "cs07", False),
        ([f"{MOODLE}_cs07_PA1.zip"], PATTERN, "cs07", False),
        (["anon_A1b2C_456_cs07_PA1.zip"], PATTERN, "cs07", False),
        (["cs٠٧_PA1.py"], PATTERN, "cs07", False),
        (["cs\u200b07_PA1.py"], PATTERN, "cs07", False),
        (["cs07_PA3.py"], PATTERN, "", True),
        (["my cs07_PA1.py"], PATTERN, "", True),
        ([], PATTERN, "", True),
        ([], None, "", False),
        (["cs07_PA1.py"], None, "", False),
        (["hw.zip", "lovelaceada_12_456_hw.zip", "anon_A1b2C_456_hw.zip"], PATTERN, "lovelaceada", True),
        (["lovelaceada_12_456_hw.zip"], None, "lovelaceada", False),
        (["anon_A1b2C_456_hw.zip"], None, "anon_A1b2C", False),
        (["x_PA1.py"], r"(?P<roll>cs\d\d)?x_PA1", "", True),  # a match that tells no roll number
    ],
)
def test_an_author_is_told_by_the_rubrics_pattern_or_else_by_the_platform(
    names: list[str], pattern: str | None, student: str, misnamed: bool
) -> None:
    found = author(names, PATTERN.replace("cs", "(?i:cs)") if pattern == PATTERN else pattern)
    assert found == Author(student, misnamed)


def test_without_a_pattern_no_name_tells_a_roll_number() -> None:
    assert roll_number(["cs07_PA1.py"], None) is None
    assert roll_number(["cs07_PA1.py"], PATTERN) == "cs07"


def test_the_folders_and_archives_around_all_of_a_submission_are_told() -> None:
    assert tops(["a/b/x.py", "a/b/y.py"]) == ["a", "b"]
    assert tops(["x.py"]) == ["x.py"]
    assert tops(["x.py", "y.py"]) == []
    assert tops([f"hw.zip{INSIDE}/a/x.py", f"hw.zip{INSIDE}/a/y.py"]) == ["hw.zip", "a"]
    assert tops([f"hw.zip{INSIDE}/x.py", "readme.txt"]) == ["hw.zip"]
    assert tops([f"hw.zip{INSIDE}/x.py", f"more.zip{INSIDE}/y.py"]) == []
    assert tops(["a/hw.zip", "a/readme.txt"]) == ["a", "hw.zip"]
    assert len(tops(["/".join(["a"] * (MAX_DEPTH + 5))])) == MAX_DEPTH


@pytest.mark.parametrize(
    ("text", "pattern", "roll"),
    [
        (" CS07 ", PATTERN, "cs07"),
        ("cs٠٧", PATTERN, "cs07"),
        ("cs7", PATTERN, None),
        ("cs07_PA1", PATTERN, None),
        ("ee-07", r"hw_(?P<roll>(cs|ee)[(\])-]\d\d)\)x", "ee-07"),
        ("cs07", r"(?P<roll>cs\)?\d\d)_[(]", "cs07"),
        ("ee", r"(?P<roll>(cs|ee))", "ee"),
        ("CS23.b-1_x", None, "cs23.b-1_x"),
        ("a" * 50, None, "a" * 50),
        ("a" * 51, None, None),
        ("-a", None, None),
        ("", None, None),
    ],
)
def test_a_roll_number_has_one_writing(text: str, pattern: str | None, roll: str | None) -> None:
    assert normal_roll(text, pattern) == roll


def test_only_the_first_part_of_a_place_is_the_platforms() -> None:
    assert account(f"{MOODLE}/lovelaceada_12_456_hw.zip") == "Ada Lovelace_123456"
    assert account("lovelaceada_12_456_hw.zip") == "lovelaceada"
    assert account("anon_A1b2C_456_hw.zip") == "anon_A1b2C"
    assert account(f"work/{MOODLE}") == ""


def test_writings_of_one_name_are_one_person() -> None:
    assert written_plainly(" \u200bAde\u0301la\u2060 ") == "Adéla"
    assert same_person("ＣＳ０１") == same_person("cs٠١") == "cs01"
    assert same_person("STRASSE") == same_person("straße")
    assert same_person("ada") != same_person("adb")


@pytest.mark.parametrize(
    ("name", "kind", "short"),
    [
        ("hw.py", "", "hw"),
        ("hw.IPYNB", "", "hw"),
        ("hw.tar.gz", "archive", "hw"),
        ("hw.TGZ", "archive", "hw"),
        ("hw.v2.zip", "archive", "hw.v2"),
        ("hw.tar.bz2", "archive", "hw"),
        ("hw.gz", "other", "hw.gz"),
        ("hw.rar", "other", "hw.rar"),
        ("hw.zip.txt", "", "hw.zip.txt"),
        (".zip", "archive", ".zip"),
        ("zip", "", "zip"),
    ],
)
def test_an_archive_is_known_by_its_name(name: str, kind: str, short: str) -> None:
    assert (is_archive(name), is_other_archive(name)) == (kind == "archive", kind == "other")
    assert stem(name) == short


def test_what_tools_leave_behind_is_known_by_its_name() -> None:
    assert all(map(is_ignored, [*IGNORED, "._solution.py"]))
    assert not any(map(is_ignored, ["solution.py", ".gitignore", "_x.py", "venv2"]))


def test_other_work_is_known_by_its_name_wherever_it_lies_and_in_whatever_case() -> None:
    assert is_called("a/b/Report.PDF", ["notes.md", "report*.pdf"])
    assert not is_called("report.pdf/a.txt", ["report*.pdf"])
    assert not is_called("report.pdf", [])


def test_a_script_gets_the_ending_that_imports_expect() -> None:
    assert [with_plain_ending(name) for name in ("A.PY", "b.Ipynb", "C.TXT", "PY")] == [
        "A.py",
        "b.ipynb",
        "C.TXT",
        "PY",
    ]
