"""The people of a class: whom a name or number means, and roster.csv as it is written and read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.errors import UsageError
from grader.core.person_names import same_person
from grader.roster.assigned import assigned_file, ids_of, read_assigned, write_assigned
from grader.roster.attempts import Attempt, attempts_file, read_attempts, write_attempts
from grader.roster.people import EVERY, LMS_IDS, Extension, Person, Roster
from grader.roster.written import read_roster, roster_file, write_roster

ADA = Person("CS23B001", "Ada Lovelace", "Ada@Example.org", "A", ("Engines",), (), {"moodle": "12345", "github": "ada"})
BEN = Person("cs23b002", "Ben Nevis", "ben@example.org", "B", ("Engines", "Hills"), (), {"moodle": "12346"})
CAT = Person("cs23b003", "Ben Nevis", "ben@example.org", lms={"canvas": "12345"})
CLASS = Roster((ADA, BEN, CAT))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_whoever_is_meant_is_found_in_any_writing() -> None:
    assert CLASS.by_id(" cs23b001 ") is ADA
    assert CLASS.by_id("CS٢٣B٠٠٢") is BEN
    assert CLASS.by_email("ada@example.org") is ADA
    assert CLASS.by_name("LOVELACE, Ada") is ADA
    assert CLASS.by_lms("moodle", "12345") is ADA
    assert CLASS.by_lms("canvas", "12345") is CAT
    assert [CLASS.find(text) for text in ("cs23b003", "ada@example.org", "ada lovelace")] == [CAT, ADA, ADA]


def test_what_may_mean_two_people_means_nobody() -> None:
    """Catches: the first of two people of one name gets the other's marks."""
    assert CLASS.by_name("Ben Nevis") is None
    assert CLASS.by_email("ben@example.org") is None
    assert CLASS.by_id("12345") is None
    assert CLASS.by_lms("github", "") is None
    assert CLASS.find("") is None


def test_members_of_a_group() -> None:
    assert CLASS.in_group("engines") == (ADA, BEN)
    assert CLASS.in_group("Hills") == (BEN,)
    assert CLASS.in_group("none") == ()


def test_the_latest_extension_counts_and_none_takes_time_away() -> None:
    person = Person("x", extensions=(
        Extension("hw1", until=NOON + timedelta(days=1)), Extension(EVERY, longer=timedelta(hours=6)),
        Extension("hw2", until=NOON - timedelta(days=1)),
    ))  # fmt: skip
    assert person.deadline("hw1", NOON) == NOON + timedelta(days=1)
    assert person.deadline("hw2", NOON) == NOON + timedelta(hours=6)
    assert Person("y", extensions=person.extensions[2:]).deadline("hw2", NOON) == NOON
    assert Person("z").deadline("hw1", NOON) == NOON


TEXT = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=";"), min_size=1, max_size=8)
HOURS = st.integers(1, 99).map(lambda hours: timedelta(hours=hours))
EXTENSIONS = st.one_of(
    st.builds(Extension, TEXT.filter(lambda text: "=" not in text), longer=HOURS),
    st.builds(Extension, st.just(EVERY), until=st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1))),
)  # fmt: skip
PEOPLE = st.builds(
    Person, TEXT, TEXT, TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple), st.lists(EXTENSIONS, max_size=2).map(tuple),
    st.dictionaries(st.sampled_from([*LMS_IDS]), TEXT),
)  # fmt: skip


@given(st.lists(PEOPLE, max_size=4, unique_by=lambda one: same_person(one.id)))
def test_a_roster_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, people: list[Person]) -> None:
    folder = tmp_path_factory.mktemp("class")
    write_roster(folder, Roster(tuple(people)))
    assert read_roster(folder).people == tuple(people)


def test_a_folder_without_a_roster_has_nobody(tmp_path: Path) -> None:
    assert len(read_roster(tmp_path)) == 0


def test_a_spreadsheet_may_save_it_with_semicolons_and_in_another_encoding(tmp_path: Path) -> None:
    roster_file(tmp_path).write_bytes("name;ID;Email\nAdéla;a1;a@x\n;;\n".encode("cp1252"))
    assert read_roster(tmp_path).people == (Person("a1", "Adéla", "a@x"),)


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("name,email\nAda,a@x\n", "row 1", "not a roster"),
        ("id,name\na1,Ada\n,Ben\n", "row 3", "without an id"),
        ("id\na1\n\nA1\n", "row 4", "two people have the same id"),
        ("id,extensions\na1,tomorrow\n", "row 2", "not an extension"),
        ("id,extensions\na1,hw1=2026-03-01T12:00\n", "row 2", "not an extension"),
        ("id,extensions\na1,=+2d\n", "row 2", "not an extension"),
        ("", "", "empty"),
        ('id\n"a', "", "cannot be read"),
    ],
)
def test_what_is_wrong_in_it_is_told_with_its_row(tmp_path: Path, text: str, row: str, words: str) -> None:
    roster_file(tmp_path).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as told:
        read_roster(tmp_path)
    assert words in told.value.message
    assert str(told.value.where).endswith(row or "roster.csv")


def test_attempts_are_read_as_they_were_written(tmp_path: Path) -> None:
    attempts = [
        Attempt("ada", ("a1", "b2"), NOON, True, 2, "canvas", "ada_12", "Engines", "times.csv", "why"),
        Attempt("ben", late=False, number=1),
        Attempt("=cat"),
    ]
    assert read_attempts(tmp_path) == []
    write_attempts(tmp_path, attempts)
    assert read_attempts(tmp_path) == attempts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("people\na1\n", "not a list of attempts"),
        ("submission,number\nada,first\n", "not the number of an attempt"),
        ("submission,time\nada,noon\n", "this is not a time"),
    ],
)
def test_a_list_of_attempts_that_cannot_be_read_is_told(tmp_path: Path, text: str, words: str) -> None:
    attempts_file(tmp_path).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        read_attempts(tmp_path)


def test_whose_hand_ins_are_is_read_as_it_was_written(tmp_path: Path) -> None:
    assigned = {"hw.py": ("CS23B001",), "=group": ("CS23B001", "cs23b002")}
    assert read_assigned(tmp_path, CLASS) == {}
    write_assigned(tmp_path, assigned)
    assert read_assigned(tmp_path, CLASS) == assigned


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("submission,student\nhw.py,a1\n", "does not say whose", None),
        ("submission,people\nhw.py,ada@example.org; nobody\n", "not on the roster", "`nobody`"),
        ("submission,people\nhw.py,\n", "not on the roster", "nobody"),
    ],
)
def test_what_does_not_say_whose_a_hand_in_is_is_told(tmp_path: Path, text: str, words: str, found: str | None) -> None:
    assigned_file(tmp_path).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words) as told:
        read_assigned(tmp_path, CLASS)
    assert told.value.found == found


def test_people_are_meant_by_id_address_or_name_and_each_once() -> None:
    assert ids_of(("ada lovelace", "CS23B002", "ada@example.org"), CLASS) == ("CS23B001", "cs23b002")


@pytest.mark.parametrize(("hours", "text"), [(1, "+1h"), (24, "+1d"), (36, "+36h"), (48, "+2d"), (100, "+100h")])
def test_an_extension_of_whole_days_is_written_in_days(tmp_path: Path, hours: int, text: str) -> None:
    write_roster(tmp_path, Roster((Person("a1", extensions=(Extension("hw1", longer=timedelta(hours=hours)),)),)))
    assert f'"hw1={text}"' in roster_file(tmp_path).read_text(encoding="utf-8-sig")
