"""Whose a hand-in is: by number and name together, by a list, by staff's word, and nobody's where it is in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.intake.owners import Clue, HandInOwner, Owners
from grader.intake.platforms.table import upload
from grader.intake.platforms.upload import Submitter, Upload
from grader.roster.people import Person, Roster

ADA = Person("a1", "Ada O'Neill_King", "ada@x.org", groups=("Engines",), lms={"moodle": "11", "canvas": "101"})
BEN = Person("b2", "Ben Nevis", "ben@x.org", groups=("Engines",), lms={"moodle": "12", "gradescope": "g2"})
TWIN = Person("b3", "Ben Nevis", "twin@x.org", lms={"moodle": "13", "github": "ben-n"})
NEW = Person("cs23b004", "Dan Ng", "dan@x.org", lms={"github": "n"})
CLASS = Roster((ADA, BEN, TWIN, NEW))


def owner(
    name: str, roll: str | None = None, *, told: Upload | None = None, names: tuple[str, ...] = ()
) -> HandInOwner:
    return Owners(CLASS).of([Clue(name, told or upload(name), names or (name,), roll)])[0]


def moodle(name: str, number: int) -> str:
    return f"{name}_{number}_assignsubmission_file"


@pytest.mark.parametrize(
    ("name", "people"),
    [
        (moodle("Ada ONeill King", 11), ("a1",)),  # as Moodle writes the name of a file
        (moodle("Ben Nevis", 12), ("b2",)),
        (moodle("Ben Nevis", 13), ("b3",)),
        (moodle("ben02_Ben Nevis", 12), ("b2",)),
        (moodle("Engines", 12), ("a1", "b2")),  # a group whose number is a participant's
        (moodle("Hills", 12), ()),
        (moodle("Ben Nevis", 11), ()),
        (moodle("Ben Nevis", 99), ()),
        (moodle("Dan Ng", 99), ("cs23b004",)),
        (moodle("Eve", 99), ()),
        ("oneillkingada_101_456_hw.py", ("a1",)),
        ("nevisben_101_456_hw.py", ()),
        ("engines_101_456_hw.py", ("a1", "b2")),
        ("ngdan_105_456_hw.py", ("cs23b004",)),
        ("anon_A1b2C_456_hw.py", ()),
    ],
)
def test_a_platforms_number_counts_with_the_name_beside_it(name: str, people: tuple[str, ...]) -> None:
    """Catches: a group's number taken for a person's."""
    assert owner(name).people == people


def test_what_a_name_alone_tells_is_said() -> None:
    assert owner(moodle("Dan Ng", 99)) == HandInOwner(("cs23b004",), why="known by the name alone", weak=True)
    assert owner(moodle("Engines", 12)).group == "Engines"


def test_two_accounts_of_one_name_are_nobodys() -> None:
    names = [moodle("Dan Ng", 98), moodle("Dan Ng", 99)]
    found = Owners(CLASS).of([Clue(name, upload(name), (name,)) for name in names])
    assert [one.people for one in found] == [(), ()]
    assert names[1] in found[0].why


def test_two_accounts_that_a_platforms_number_gives_one_person_are_theirs() -> None:
    """Catches: who hands in by Moodle and by Canvas is taken for two people of one name."""
    names = [moodle("Ada ONeill King", 11), "oneillkingada_101_456_hw.py"]
    found = Owners(CLASS).of([Clue(name, upload(name), (name,)) for name in names])
    assert found == [HandInOwner(("a1",), weak=False)] * 2


def test_the_number_in_a_files_name_tells_only_whom_the_platform_does_not_know() -> None:
    """Catches: Eve calls her file as Ada's and hands in for her."""
    assert owner(moodle("Eve", 99), "a1").people == ()
    assert owner(moodle("Eve", 99), "cs23b004").people == ("cs23b004",)
    assert owner(moodle("Ben Nevis", 12), "a1").people == ("b2",)


@pytest.mark.parametrize(
    ("name", "roll", "people"),
    [
        ("x.py", "a1", ("a1",)),
        ("x.py", "a9", ()),
        ("cs23b004_PA2.py", None, ("cs23b004",)),
        ("PA2-CS23B004 final.zip", None, ("cs23b004",)),
        ("dan@x.org.zip", None, ("cs23b004",)),
        ("Dan Ng.zip", None, ("cs23b004",)),
        ("Ben Nevis.zip", None, ()),
        ("a1.py", None, ("a1",)),
        ("week_a1.py", None, ()),  # as short as a question's number
        ("ada@x.org dan@x.org.zip", None, ()),
    ],
)
def test_by_hand_a_name_tells(name: str, roll: str | None, people: tuple[str, ...]) -> None:
    assert owner(name, roll).people == people


@pytest.mark.parametrize(
    ("name", "roll", "why"),
    [
        ("ada@x.org dan@x.org.zip", None, "it names a1 and cs23b004"),
        ("x.py", None, "nobody on the roster is known by what it is called"),
        ("x.py", "a9", "`a9` is not on the roster"),
        ("nevisben_105_456_hw.py", None, "`nevisben` may be any of b2, b3"),
        (moodle("Hills", 12), None, "its number is that of b2, who is not called `Hills`: a group's?"),
        (moodle("Eve", 99), None, "nobody on the roster is known by what it is called"),
    ],
)
def test_why_nobody_is_known_is_said(name: str, roll: str | None, why: str) -> None:
    assert owner(name, roll) == HandInOwner(why=why)


def test_the_outermost_name_tells_and_those_inside_only_where_it_does_not() -> None:
    assert owner("cs23b004.zip", names=("cs23b004.zip", "dan@x.org", "ada@x.org")).people == ("cs23b004",)
    assert owner("hw.zip", names=("hw.zip", "ada@x.org")).people == ("a1",)


def listed(*submitters: Submitter) -> Upload:
    return Upload("x", platform="gradescope", submitters=submitters)


@pytest.mark.parametrize(
    ("submitters", "people"),
    [
        ([Submitter("g2", "", "")], ("b2",)),
        ([Submitter("a1", "ada@x.org", "Ada")], ("a1",)),
        ([Submitter("", "ADA@x.org", "")], ("a1",)),
        ([Submitter("", "", "Dan Ng")], ("cs23b004",)),
        ([Submitter("", "", "Ben Nevis")], ()),
        ([Submitter("a1", "ben@x.org", "")], ()),  # number and address of two people
        ([Submitter("z9", "ada@x.org", "")], ("a1",)),
        ([Submitter("a1"), Submitter("b2"), Submitter("a1")], ("a1", "b2")),
        ([Submitter("a1"), Submitter("z9")], ()),
    ],
)
def test_all_whom_a_list_names_handed_in_or_nobody_is_known(
    submitters: list[Submitter], people: tuple[str, ...]
) -> None:
    assert owner("x", told=listed(*submitters)).people == people


@pytest.mark.parametrize(
    ("folder", "login", "people"),
    [
        ("hw-ben-n", "ben-n", ("b3",)),
        ("hw-ben-n", "hw-ben-n", ("b3",)),
        ("hw-n", "n", ("cs23b004",)),
        ("hw-x", "x", ()),
    ],
)
def test_a_repository_is_its_logins_the_longest_that_fits(folder: str, login: str, people: tuple[str, ...]) -> None:
    assert owner(folder, told=Upload(folder, platform="repositories", name=folder, user=login)).people == people


def packed(folder: str, *names: str, roster: Roster = CLASS) -> HandInOwner:
    told = Upload(folder, platform="repositories", name=folder, user=folder)
    return Owners(roster).of([Clue(folder, told, (folder, *names))])[0]


def test_a_repository_of_nobodys_login_is_whose_its_names_tell() -> None:
    """Catches: who packs a `.git` with the work is not found, though the folder is called by the roll number."""
    without = Roster(tuple(replace(one, lms={}) for one in CLASS))
    assert packed("cs23b004_PA2", roster=without) == HandInOwner(("cs23b004",))
    assert packed("week1", "ada@x.org") == HandInOwner(("a1",), why="known by the name of its files alone", weak=True)


def test_a_repository_is_not_his_who_is_known_by_another_login() -> None:
    """Catches: a stranger's repository with a folder called by Dan's number is Dan's."""
    assert packed("hw-stranger", "cs23b004").people == ()
    found = [Upload(name, platform="repositories", name=name, user=name) for name in ("x", "y")]
    owners = Owners(CLASS).of([Clue(one.name, one, (one.name, "ada@x.org")) for one in found])
    assert [one.people for one in owners] == [(), ()]


def test_what_staff_say_goes_before_all_else_and_holds_without_a_roster() -> None:
    said = {moodle("Ben Nevis", 12): ("a1", "b3")}
    name = moodle("Ben Nevis", 12)
    assert Owners(CLASS, said).of([Clue(name, upload(name))])[0].people == ("a1", "b3")
    assert Owners(Roster()).of([Clue(name, upload(name))]) == [HandInOwner()]


def test_after_blind_marking_the_number_tells() -> None:
    blind = Roster((Person("11", lms={"moodle": "11"}),))
    name = moodle("Participant", 11)
    assert Owners(blind).of([Clue(name, upload(name))])[0].people == ("11",)
