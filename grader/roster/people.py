"""People of a class, and who is meant by a name, a number or an address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from grader.core.person_names import same_name, same_person
from grader.core.text import did_you_mean, listed, printable

# How learning platforms identify a person: `Person.lms` has these keys and no others.
LMS_IDS: Mapping[str, str] = MappingProxyType(
    {
        "moodle": "Moodle's participant number, which differs in each assignment",
        "canvas": "Canvas's user id",
        "canvas_sis": "Canvas's SIS user id",
        "canvas_login": "Canvas's login",
        "gradescope": "the student number that Gradescope knows (SID)",
        "github": "the login at GitHub",
    }
)
EVERY = "*"
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True)
class Extension:
    """More time for an assignment (`EVERY` for all): until a moment, or so much longer than the others have."""

    assignment: str
    until: datetime | None = None
    longer: timedelta = timedelta()

    def is_for(self, assignment: str) -> bool:
        """Return whether it is for an assignment, ignoring the case of the id."""
        return self.assignment == EVERY or self.assignment.casefold() == assignment.casefold()

    def deadline(self, deadline: datetime) -> datetime:
        """Return the extended deadline, given the others' `deadline`. An extension never shortens the time."""
        return max(deadline, self.until or deadline + self.longer)


@dataclass(frozen=True)
class Person:
    """Somebody in a class. `id` is unique there; `lms` has the person's ids on platforms, by the keys of `LMS_IDS`."""

    id: str
    name: str = ""
    email: str = ""
    section: str = ""
    groups: tuple[str, ...] = ()
    extensions: tuple[Extension, ...] = ()
    lms: Mapping[str, str] = field(default_factory=dict)

    def deadline(self, assignment: str, deadline: datetime) -> datetime:
        """Return the person's deadline for an assignment, the latest of all that was granted."""
        granted = (one for one in self.extensions if one.is_for(assignment))
        return max((one.deadline(deadline) for one in granted), default=deadline)


@dataclass(frozen=True)
class Roster:
    """The people of a class, in its order, each id once."""

    people: tuple[Person, ...] = ()

    def __iter__(self) -> Iterator[Person]:
        return iter(self.people)

    def __len__(self) -> int:
        return len(self.people)

    def by_id(self, text: str) -> Person | None:
        """Return the person with this id, in any spelling."""
        return self._by_id.get(same_person(text))

    def by_email(self, text: str) -> Person | None:
        """Return the person with this address; None also if several share it."""
        return self._by_email.get(same_person(text))

    def by_lms(self, platform: str, text: str) -> Person | None:
        """Return the person whom a platform identifies by this; `platform` is a key of `LMS_IDS`."""
        return self._by_lms.get((platform, same_person(text)))

    def by_name(self, text: str) -> Person | None:
        """Return the person with this name, in any order of its words; None if several have it."""
        return self._by_name.get(same_name(text))

    def in_group(self, name: str) -> tuple[Person, ...]:
        """Return the members of a group."""
        return tuple(one for one in self.people if same_person(name) in map(same_person, one.groups))

    def find(self, text: str) -> Person | None:
        """Return who is meant: by id, else by e-mail address, else by the name if only one person has it."""
        return self.by_id(text) or self.by_email(text) or self.by_name(text)

    @cached_property
    def _by_id(self) -> Mapping[str, Person]:
        return _unique(self.people, lambda one: [same_person(one.id)])

    @cached_property
    def _by_email(self) -> Mapping[str, Person]:
        return _unique(self.people, lambda one: [same_person(one.email)] if one.email else [])

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, ...], Person]:
        return _unique(self.people, lambda one: [same_name(one.name)] if one.name else [])

    @cached_property
    def _by_lms(self) -> Mapping[tuple[str, str], Person]:
        return _unique(
            self.people, lambda one: [(kind, same_person(known)) for kind, known in one.lms.items() if known]
        )


def idle_extensions(roster: Roster, assignments: Collection[str]) -> list[str]:
    """Return a sentence for each extension that is for none of a course's assignments and so changes nothing."""
    told = []
    for person in roster:
        for one in person.extensions:
            if not any(map(one.is_for, assignments)):
                near = did_you_mean(one.assignment, assignments)
                what = f"{person.id} has more time for `{printable(one.assignment)}`, which the course does not have"
                told.append(f"{what}: {near or f'it has {listed(assignments)}'}")
    return told


def _unique(people: Iterable[Person], keys: Callable[[Person], Iterable[_Key]]) -> dict[_Key, Person]:
    """Return the people by their keys, except keys that several have."""
    found: dict[_Key, Person] = {}
    shared: set[_Key] = set()
    for person in people:
        for key in keys(person):
            if found.setdefault(key, person) is not person:
                shared.add(key)
    return {key: person for key, person in found.items() if key not in shared}
