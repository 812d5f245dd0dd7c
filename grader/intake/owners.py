"""Whose a hand-in is, according to the roster: by a platform's number, a name, or what staff have said.

A group's number is never taken for a person's: a platform's number counts only if the name beside it is the person's
too. What only a name shows counts if nobody else can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from grader.core.person_names import same_person
from grader.core.text import listed
from grader.intake.names import stem
from grader.intake.platforms.table import platform
from grader.intake.platforms.upload import Submitter, Upload
from grader.roster.people import Person, Roster

_MOST_WORDS = 5  # in a name that is tried in every order of its words
_SHORTEST_PART = 4
_NOBODY = "nobody on the roster is known by what it is called"


@dataclass(frozen=True)
class HandInOwner:
    """Who handed something in: ids on the roster, one or those of a group; none if nobody is known, with `why`.

    `weak` means that only a name says so, which somebody else might have too.
    """

    people: tuple[str, ...] = ()
    group: str = ""
    why: str = ""
    weak: bool = False


@dataclass(frozen=True)
class Clue:
    """What is known about a hand-in: its name, the platform's information, all its names, the roll number in them."""

    name: str
    upload: Upload | None
    names: Sequence[str] = ()
    roll: str | None = None


@dataclass(frozen=True)
class Owners:
    """Who is in the class, and whose some hand-ins are according to staff, by the hand-in's name."""

    roster: Roster = field(default_factory=Roster)
    assigned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, clues: Sequence[Clue]) -> list[HandInOwner]:
        """Return whose each of a class's hand-ins is.

        Without a roster nobody is known; `why` then says which accounts have given their files the same roll number.
        """
        if not len(self.roster):
            return [HandInOwner(self.assigned.get(clue.name, ()), why=self._shared_roll(clue, clues)) for clue in clues]
        found = [self._owner(clue) for clue in clues]
        return [self._unless_doubtful(clue, one, clues, found) for clue, one in zip(clues, found, strict=True)]

    def _owner(self, clue: Clue) -> HandInOwner:
        if clue.name in self.assigned:
            return HandInOwner(self.assigned[clue.name])
        if clue.upload is None:
            return self._by_names(clue)
        said = self._by_platform(clue.upload)
        return said if said.people else self._by_files(clue, clue.upload, said)

    def _by_platform(self, upload: Upload) -> HandInOwner:
        if upload.submitters:
            return self._by_list(upload.submitters)
        person = self.roster.by_lms(platform(upload.platform).known_by, upload.user)
        group = _group(self.roster, upload.name)
        if person is not None and (upload.platform == "repositories" or _is_called(person, upload.name)):
            if not group:
                return HandInOwner((person.id,))
            return HandInOwner(why=f"`{upload.name}` is {person.id}'s name and that of a group")
        if group:
            return HandInOwner(tuple(one.id for one in self.roster.in_group(group)), group)
        if upload.platform == "repositories":
            return self._by_login(upload.name)
        if person is not None:
            return HandInOwner(why=f"its number is that of {person.id}, who is not called `{upload.name}`: a group's?")
        return self._by_name(upload)

    def _by_name(self, upload: Upload) -> HandInOwner:
        known = platform(upload.platform).known_by
        new = [one for one in self.roster if upload.name and one.name and not one.lms.get(known)]
        called = [one for one in new if _is_called(one, upload.name)]
        if len(called) == 1:
            return HandInOwner((called[0].id,), why="known by the name alone", weak=True)
        ids = ", ".join(one.id for one in called)
        return HandInOwner(why=f"`{upload.name}` may be any of {ids}" if called else _NOBODY)

    def _by_login(self, name: str) -> HandInOwner:
        """Return whose repository it is if the part before the login is unknown: the longest matching login counts."""
        plain = same_person(name)
        logins = [(one.lms["github"], one) for one in self.roster if one.lms.get("github")]
        ends = [(len(login), one.id) for login, one in logins if plain.endswith(f"-{same_person(login)}")]
        return HandInOwner((max(ends)[1],)) if ends else HandInOwner(why=_NOBODY)

    def _by_list(self, submitters: Iterable[Submitter]) -> HandInOwner:
        found = {one: self._listed(one) for one in submitters}
        unknown = [str(one) for one, person in found.items() if person is None]
        if unknown:
            return HandInOwner(why=f"not on the roster: {', '.join(unknown)}")
        return HandInOwner(tuple(dict.fromkeys(person.id for person in found.values() if person)))

    def _listed(self, one: Submitter) -> Person | None:
        roster = self.roster
        by_number = (roster.by_lms("gradescope", one.number) or roster.by_id(one.number)) if one.number else None
        by_email = roster.by_email(one.email) if one.email else None
        if by_number and by_email and by_number is not by_email:
            return None
        by_name = roster.by_name(one.name) if not one.number and not one.email else None
        return by_number or by_email or by_name

    def _by_names(self, clue: Clue) -> HandInOwner:
        if clue.roll is not None:
            person = self.roster.by_id(clue.roll)
            return HandInOwner((person.id,)) if person else HandInOwner(why=f"`{clue.roll}` is not on the roster")
        named = (
            dict.fromkeys(one.id for part in _parts(name) if (one := self.roster.find(part))) for name in clue.names
        )
        people = tuple(next(filter(None, named), ()))
        return (
            HandInOwner(people)
            if len(people) == 1
            else HandInOwner(why=f"it names {listed(people)}" if people else _NOBODY)
        )

    def _by_files(self, clue: Clue, upload: Upload, said: HandInOwner) -> HandInOwner:
        """Return whose a hand-in is by the names of its files, if what the platform `said` identifies nobody."""
        known = platform(upload.platform).known_by
        roll = clue.roll
        if upload.platform == "repositories":
            named = self._by_names(clue)
            # Without logins on the roster, it may be a folder in which some students have packed their `.git`.
            if not any(one.lms.get(known) for one in self.roster):
                return named
            roll = next(iter(named.people), None)
        person = self.roster.by_id(roll) if roll else None
        if person is None or person.lms.get(known):  # the platform knows that person by another number
            return said
        return HandInOwner((person.id,), why="known by the name of its files alone", weak=True)

    def _unless_doubtful(
        self, clue: Clue, owner: HandInOwner, clues: Sequence[Clue], found: Sequence[HandInOwner]
    ) -> HandInOwner:
        """Return the owner, or nobody if only names give a person the hand-ins of several accounts."""
        if not owner.weak or clue.upload is None:
            return owner
        theirs = [other for other, one in zip(clues, found, strict=True) if one.people == owner.people and other.upload]
        others = [one.name for one in theirs if one.upload and one.upload.account != clue.upload.account]
        return HandInOwner(why=f"{owner.people[0]} may be meant, as by {', '.join(others[:3])}") if others else owner

    def _shared_roll(self, clue: Clue, clues: Sequence[Clue]) -> str:
        """Return why the roll number in a hand-in's names does not show whose it is, or "" if nothing contradicts it.

        A person whom the platform lists is known by that, under whichever account (Gradescope has one for each upload).
        """
        if clue.name in self.assigned or clue.roll is None or clue.upload is None or clue.upload.submitters:
            return ""
        of_roll = [other for other in clues if other.roll == clue.roll and other.name not in self.assigned]
        others = [other.name for other in of_roll if other.upload and other.upload.account != clue.upload.account]
        return f"{clue.roll} may be meant, as by {', '.join(others[:3])}" if others else ""


def _group(roster: Roster, name: str) -> str:
    """Return which group of the roster has this name, or this name as Canvas writes it; "" if none or several do."""
    groups = {group for one in roster for group in one.groups} if name else set()
    found = [group for group in groups if same_person(group) == same_person(name) or _run_together(group) == name]
    return found[0] if len(found) == 1 else ""


def _is_called(person: Person, name: str) -> bool:
    """Return whether a name in an export is a person's. If the roster has no names (blind marking), it may be."""
    words = _words(person.name)
    if not words:
        return True
    if words in (_words(name), _words(name.rpartition("_")[2])):  # some Moodles put the login before the name
        return True
    orders = permutations(words) if len(words) <= _MOST_WORDS else (words, words[::-1])
    return name.replace("_", "") in {"".join(order) for order in orders}


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name in alphabetical order, without what platforms remove from the names of files.

    Moodle writes a space for `_` and drops apostrophes, colons and the like.
    """
    plain = same_person(name).replace(",", " ").replace("_", " ")
    return tuple(sorted(re.sub(r"[^\w\s]", "", plain).split()))


def _run_together(name: str) -> str:
    """Return a name as Canvas writes it: in lower case, without what is not part of a word."""
    return re.sub(r"\W", "", name.lower())


def _parts(name: str) -> list[str]:
    """Return what may be an id in a file's name: all of it, and the parts between spaces, `_` and the like.

    Numbers of one to three digits are those of weeks and questions.
    """
    whole = stem(name)
    parts = [*re.split(r"[\s+,;()]+", whole), *re.split(r"[\s_\-+,;()]+", whole)]
    return [whole, *(part for part in parts if len(part) >= _SHORTEST_PART)]
