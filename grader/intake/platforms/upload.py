"""What a learning platform says about an entry of its export, and how it says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Submitter:
    """One of those who handed something in, as a platform's file gives them: any of number, address and name."""

    number: str = ""
    email: str = ""
    name: str = ""

    def __str__(self) -> str:
        return self.number or self.email or self.name


@dataclass(frozen=True)
class Upload:
    """What a learning platform says about an entry of its export: whose it is, and the student's name for it.

    `account` is equal for everything that one account handed in and for nothing else. `number` grows from one upload to
    the next, if the platform numbers them. `called` is empty for a folder of the platform's own.

    `platform` is a platform's key; `name` the name of the person or of the group that handed in (nothing in an export
    says which), `user` the platform's number or login that belongs to it, both empty if it gives none. `submitters` are
    those whom a file of the platform's lists. `late` is None if it does not say, and so are `time` and `attempt` (the
    first is 1). `student` is what tables call the student if no roster does.
    """

    account: str
    number: int = 0
    called: str = ""
    platform: str = ""
    name: str = ""
    user: str = ""
    submitters: tuple[Submitter, ...] = ()
    late: bool | None = None
    time: datetime | None = None
    attempt: int | None = None
    student: str = ""


@dataclass(frozen=True)
class NameForm:
    """How a platform names the entries of its export.

    The groups `name`, `user`, `number`, `late` and `called` of the pattern, which matches a whole name, become the
    fields of an Upload; `account` and `student` (what tables call the student if no roster does) are made from them.
    """

    pattern: re.Pattern[str]
    account: str
    student: str
    tells_late: bool = False

    def read(self, name: str, platform: str) -> Upload | None:
        """Return the meaning of a name of this form, or None for any other name."""
        match = self.pattern.fullmatch(name)
        if match is None:
            return None
        told = {key: value or "" for key, value in match.groupdict().items()}
        return Upload(
            self.account.format(**told),
            number=int(told.get("number") or 0),
            called=told.get("called", ""),
            platform=platform,
            name=told.get("name", ""),
            user=told.get("user", ""),
            late=bool(told.get("late")) if self.tells_late else None,
            student=self.student.format(**told),
        )


@dataclass(frozen=True)
class Listing:
    """What a platform's own file in an export says, and the names of the platform's files that are not handed in."""

    uploads: Mapping[str, Upload]
    own: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Platform:
    """A kind of export: how to read it, and how docs/platforms.md describes it.

    `forms` are those that no other names have, `among_its_own` those that count if most names are of the platform.
    `known_by` is the key of `Person.lms` that an upload's `user` corresponds to. `listing` reads what a file of the
    platform's own says about the entries of an export; it returns None if the folder is not such an export.
    """

    key: str
    title: str
    export: str
    who: str
    when: str
    attempt: str
    lacks: str
    known_by: str = ""
    forms: tuple[NameForm, ...] = ()
    among_its_own: tuple[NameForm, ...] = ()
    listing: Callable[[Path], Listing | None] | None = None
