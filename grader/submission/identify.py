"""Whose work it is, as far as names tell: roll numbers, and what learning platforms put around a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.submission.names import clean_name, stem

# Moodle: a folder `Ada Lovelace_123456_assignsubmission_file`; Canvas: `lovelaceada_LATE_123_456_hw.zip`.
_MOODLE = re.compile(r"(?P<student>.+_\d+)_assignsubmission_(file|onlinetext)_?")
_CANVAS = re.compile(r"(?P<student>[^_]+)_(LATE_)?\d+_\d+_(?P<rest>.+)", re.DOTALL)
_AGAIN = re.compile(r"(?P<first>.+?)( ?\(\d{1,3}\)|-\d{1,2})", re.DOTALL)


@dataclass(frozen=True)
class Author:
    """Whose work it is (empty where no name tells), and whether it is named as it should be."""

    student: str
    misnamed: bool


def author(names: Iterable[str], pattern: str | None) -> Author:
    """Return whose work goes by these names, the best one first.

    `pattern` is the rubric's: the group `roll` of a match of a whole name, without ending, the platform's
    additions and ` (1)` or `-1` of a second hand-in, tells the student. Otherwise it is whom a platform names.
    """
    known = list(names)
    roll = roll_number(known, pattern)
    if roll is not None:
        return Author(roll, False)
    platforms = (match for name in known if (match := _MOODLE.fullmatch(name) or _CANVAS.fullmatch(name)))
    return Author(clean_name(next((match["student"] for match in platforms), "")), pattern is not None)


def roll_number(names: Iterable[str], pattern: str | None) -> str | None:
    """Return the roll number that the first of these names tells by the rubric's pattern, or None."""
    whole = (written_plainly(short) for name in names for short in _shortened(name))
    found = (re.fullmatch(pattern, short) for short in whole) if pattern else iter(())
    return next((_normal(match["roll"]) for match in found if match and match["roll"]), None)


def normal_roll(text: str, pattern: str | None) -> str | None:
    """Return a roll number in the one writing in which it is known, or None if the rubric's pattern has no such."""
    form = _group(pattern, "(?P<roll>") if pattern else r"[A-Za-z0-9][A-Za-z0-9_.-]{0,49}"
    return _normal(text.strip()) if re.fullmatch(form, text.strip(), re.IGNORECASE) else None


def account(place: str) -> str:
    """Return whom the learning platform names that gave a thing its place in the inbox, empty where none did.

    `place` is a path below the inbox. Only its first part is looked at: what lies in it students have named.
    """
    outermost = place.partition("/")[0]
    match = _MOODLE.fullmatch(outermost) or _CANVAS.fullmatch(outermost)
    return match["student"] if match else ""


def written_plainly(name: str) -> str:
    """Return a name as it looks: composed, without characters that have no shape, and without blanks at its ends."""
    return "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf").strip()


def same_person(name: str) -> str:
    """Return what all writings of a name have in common: case, width and a digit's script tell nobody apart."""
    return _normal(written_plainly(name)).casefold()


def first_version(name: str) -> str | None:
    """Return the name that ` (1)` or `-1` was added to, or None for a name without such an ending."""
    again = _AGAIN.fullmatch(name)
    return again["first"] if again else None


def _normal(roll: str) -> str:
    # A pattern's `\d` takes digits of all scripts, and a student has one number.
    plain = unicodedata.normalize("NFKC", roll).lower()
    return clean_name("".join(str(unicodedata.decimal(character, character)) for character in plain))


def _group(pattern: str, opening: str) -> str:
    """Return what stands in a group of a regular expression."""
    start = pattern.index(opening) + len(opening)
    depth, in_class, at = 1, False, start
    while depth:
        mark = pattern[at]
        if mark == "\\":
            at += 1
        elif in_class or mark == "[":
            in_class = mark != "]"
        elif mark in "()":
            depth += 1 if mark == "(" else -1
        at += 1
    return pattern[start : at - 1]


def _shortened(name: str) -> Iterator[str]:
    canvas = _CANVAS.fullmatch(name)
    for whole in (name, *([canvas["rest"]] if canvas else [])):
        short = stem(whole)
        yield short
        yield first_version(short) or short
