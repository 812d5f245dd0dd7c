"""Who handed in what and when, as attempts.csv has it: numbers, times and who tells them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.cohort.class_inbox import ClassInbox
from grader.intake.export import Export
from grader.intake.lists import Times
from grader.intake.owners import Owners
from grader.intake.remembered import Memory
from grader.intake.survey import Wanted, survey
from grader.roster.attempts import Attempt
from grader.roster.people import Person, Roster

PATTERN = r"(?P<roll>cs\d\d)_hw"
CLASS = Roster((Person("cs01"), Person("cs02")))
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def inbox(folder: Path, *names: str, roster: Roster | None = None, times: Times | None = None) -> ClassInbox:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"# {name}\n", encoding="utf-8")
    people = roster or Roster()
    exports = [Export.of(day) for day in sorted(folder.iterdir())]
    found = survey(exports, Wanted(PATTERN, owners=Owners(people)))
    return ClassInbox(exports, found, people, times or Times(), Memory())


@pytest.mark.parametrize("roster", [None, CLASS])
def test_versions_and_later_exports_are_numbered(tmp_path: Path, roster: Roster | None) -> None:
    names = ("1/cs01_hw.py", "1/cs01_hw (1).py", "2/cs01_hw.py", "1/cs02_hw.py")
    made = inbox(tmp_path, *names, roster=roster)
    numbers = {one.submission: one.number for one in made.attempts()}
    assert numbers == {"cs01_hw": 1, "cs01_hw (1)": 2, "cs01_hw-2": 3, "cs02_hw": None}


def test_where_nothing_tells_the_order_nothing_is_numbered(tmp_path: Path) -> None:
    made = inbox(tmp_path, "1/cs01_hw.py", "1/cs01_hw.ipynb", "1/cs02_hw.py", "2/cs02_hw.py")
    numbers = {one.submission: one.number for one in made.attempts()}
    assert numbers == {"cs01_hw.py": None, "cs01_hw.ipynb": None, "cs02_hw": 1, "cs02_hw-2": 2}


def test_where_there_is_a_roster_the_names_of_others_number_nothing(tmp_path: Path) -> None:
    """Catches: hand-ins of a stranger who calls files as a student does, numbered as that student's."""
    made = inbox(tmp_path, "1/cs09_hw.py", "1/cs09_hw (1).py", "1/cs01_hw.py", roster=CLASS)
    attempts = {one.submission: (one.people, one.number) for one in made.attempts()}
    assert attempts == {"cs09_hw": ((), None), "cs09_hw (1)": ((), None), "cs01_hw": (("cs01",), None)}
    assert [person.id for person in made.missing()] == ["cs02"]
    assert {one.name for one in made.unknown()} == {"cs09_hw", "cs09_hw (1)"}


def test_nobody_is_missing_or_unknown_without_a_roster(tmp_path: Path) -> None:
    made = inbox(tmp_path, "1/cs09_hw.py")
    assert (made.missing(), made.unknown()) == ([], [])


def test_a_time_is_told_by_staff_or_by_the_platform_and_says_by_which(tmp_path: Path) -> None:
    """Catches: a platform named as the source of a time that it does not tell."""
    name = "Ada_12_assignsubmission_file"
    made = inbox(tmp_path, f"1/{name}/hw.py", "1/cs01_hw.py")
    (upload,) = (one.upload for one in made.hand_ins if one.upload)

    def attempt(times: Times, time: datetime | None) -> Attempt:
        told = replace(upload, time=time)
        hand_ins = [replace(one, upload=one.upload and told) for one in made.hand_ins]
        return next(one for one in replace(made, hand_ins=hand_ins, times=times).attempts() if one.submission == name)

    staff = Times("times.csv", of_submission={name: NOON.replace(hour=9)})
    assert (attempt(Times(), None).time, attempt(Times(), None).told_by) == (None, "")
    assert (attempt(Times(), NOON).time, attempt(Times(), NOON).told_by) == (NOON, "moodle")
    assert (attempt(staff, NOON).time, attempt(staff, NOON).told_by) == (NOON.replace(hour=9), "times.csv")
    by_hand = next(one for one in made.attempts() if one.submission == "cs01_hw")
    assert by_hand == Attempt("cs01_hw")
