"""Whose work it is, as far as names show: roll numbers, and what learning platforms add to a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.core.person_names import normal_number, written_plainly
from grader.core.text import clean_name
from grader.intake.bounds import MAX_DEPTH
from grader.intake.names import INSIDE, is_archive, stem
from grader.intake.platforms.table import upload
from grader.worker.reading.versions import first_version

_ROLL = "(?P<roll>"
# The parentheses of a regular expression, and what may hide one: an escaped character, a class of characters.
_MARKS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]", re.DOTALL)


@dataclass(frozen=True)
class Author:
    """Whose work it is (empty if no name shows it), and whether it is named as it should be."""

    student: str
    misnamed: bool


def author(names: Iterable[str], pattern: str | None, told: str = "") -> Author:
    """Return whose work has these names, the best one first.

    `pattern` is the rubric's: its group `roll` identifies the student when it matches a whole name, without suffix, the
    platform's additions and ` (1)` or `-1` of a second hand-in. Otherwise the student is the one whom a platform names:
    in a file of its own (`told`), or in one of the names.
    """
    known = list(names)
    roll = roll_number(known, pattern)
    if roll is not None:
        return Author(roll, False)
    return Author(clean_name(told or next(filter(None, map(_student, known)), "")), pattern is not None)


def roll_number(names: Iterable[str], pattern: str | None) -> str | None:
    """Return the roll number that the rubric's pattern finds in the first of these names, or None."""
    whole = (written_plainly(short) for name in names for short in _shortened(name))
    found = (re.fullmatch(pattern, short) for short in whole) if pattern else iter(())
    return next((normal_number(match["roll"]) for match in found if match and match["roll"]), None)


def tops(sources: Iterable[str]) -> list[str]:
    """Return the names of the folders and archives that contain all of a submission, the outermost first.

    `sources` are paths in it. An archive's name counts even if there is something beside the archive.
    """
    paths = [source.split("/") for source in sources]
    found: list[str] = []
    while len(names := {path[0].removesuffix(INSIDE) for path in paths}) == 1 and len(found) < MAX_DEPTH:
        found += names
        paths = [path[1:] for path in paths if len(path) > 1]
    archives = [name for name in names if is_archive(name)]
    return [*found, *(archives if len(archives) == 1 else ())]


def normal_roll(text: str, pattern: str | None) -> str | None:
    """Return a roll number in its normal form, or None if it does not match the rubric's pattern."""
    form = _roll_form(pattern) if pattern else r"[A-Za-z0-9][A-Za-z0-9_.-]{0,49}"
    return normal_number(text.strip()) if re.fullmatch(form, text.strip(), re.IGNORECASE) else None


def account(place: str) -> str:
    """Return the person named by the learning platform that named an entry of the inbox, or "".

    `place` is a path below the inbox. Only its first part counts: students chose the names inside it.
    """
    return _student(place.partition("/")[0])


def _student(name: str) -> str:
    told = upload(name)
    return told.student if told else ""


def _roll_form(pattern: str) -> str:
    """Return the content of the group `roll` of a pattern, as a pattern."""
    start = pattern.index(_ROLL) + len(_ROLL)
    depth, at = 1, start
    for mark in _MARKS.finditer(pattern, start):
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        at = mark.start()
        if not depth:
            break
    return pattern[start:at]


def _shortened(name: str) -> Iterator[str]:
    told = upload(name)
    for whole in (name, *([told.called] if told and told.called else [])):
        short = stem(whole)
        yield short
        yield first_version(short) or short
