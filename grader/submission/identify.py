"""Whose work it is, as far as names tell: roll numbers, and what learning platforms put around a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.submission.bounds import MAX_DEPTH
from grader.submission.names import INSIDE, clean_name, is_archive, stem
from grader.worker.versions import first_version

# Moodle: a folder `Ada Lovelace_123456_assignsubmission_file`, or a file with that and `_` before its name.
_MOODLE = re.compile(r"(?P<student>.+_\d+)_assignsubmission_(?P<kind>file|onlinetext)(_(?P<rest>.*))?", re.DOTALL)
# Canvas: `lovelaceada_LATE_123_456_hw.zip`, a user's and an attachment's number; a text that was typed has the first
# alone. Where students are not named, `anon_A1b2C_456_hw.zip`.
_CANVAS = re.compile(r"(?P<student>[^_]+)_(LATE_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<rest>.+)", re.DOTALL)
_CANVAS_TYPED = re.compile(r"(?P<student>[^_]+)_(LATE_)?(?P<user>[1-9]\d*)_(?P<rest>(text|link)\.html)")
_CANVAS_ANONYMOUS = re.compile(r"(LATE_)?(?P<student>anon_[^_]+)_(?P<attachment>\d+)_(?P<rest>.+)", re.DOTALL)
_SHORTEST_NUMBER = 3


@dataclass(frozen=True)
class Upload:
    """What a learning platform says of one thing that it exports: whose it is, and what the student called it.

    `account` is equal for all that one student handed in and for nothing else, `number` grows from one upload to the
    next, where the platform numbers them. `called` is empty for a folder of the platform's own.
    """

    account: str
    number: int
    called: str


def upload(name: str) -> Upload | None:
    """Return what the name of a thing that lies directly in an inbox tells of its upload, or None."""
    if moodle := _MOODLE.fullmatch(name):
        return Upload(moodle["student"], 0, moodle["rest"] or "")
    if canvas := _CANVAS.fullmatch(name):
        # No number of Canvas's begins with 0, or is as short as those that people count weeks and questions with.
        user, number = canvas["user"], canvas["attachment"]
        if user.startswith("0") or number.startswith("0") or len(number) < _SHORTEST_NUMBER:
            return None
        return Upload(f"{canvas['student']}_{user}", int(number), canvas["rest"])
    if typed := _CANVAS_TYPED.fullmatch(name):
        return Upload(f"{typed['student']}_{typed['user']}", 0, typed["rest"])
    if anonymous := _CANVAS_ANONYMOUS.fullmatch(name):
        return Upload(anonymous["student"], int(anonymous["attachment"]), anonymous["rest"])
    return None


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
    return Author(clean_name(next(filter(None, map(_student, known)), "")), pattern is not None)


def roll_number(names: Iterable[str], pattern: str | None) -> str | None:
    """Return the roll number that the first of these names tells by the rubric's pattern, or None."""
    whole = (written_plainly(short) for name in names for short in _shortened(name))
    found = (re.fullmatch(pattern, short) for short in whole) if pattern else iter(())
    return next((_normal(match["roll"]) for match in found if match and match["roll"]), None)


def tops(sources: Iterable[str]) -> list[str]:
    """Return the names of folders and archives that all of a submission lies in, the outermost first.

    `sources` are paths in it. Where something lies beside an archive, that archive's name counts all the same.
    """
    paths = [source.split("/") for source in sources]
    found: list[str] = []
    while len(names := {path[0].removesuffix(INSIDE) for path in paths}) == 1 and len(found) < MAX_DEPTH:
        found += names
        paths = [path[1:] for path in paths if len(path) > 1]
    archives = [name for name in names if is_archive(name)]
    return [*found, *(archives if len(archives) == 1 else ())]


def normal_roll(text: str, pattern: str | None) -> str | None:
    """Return a roll number in the one writing in which it is known, or None if the rubric's pattern has no such."""
    form = _group(pattern, "(?P<roll>") if pattern else r"[A-Za-z0-9][A-Za-z0-9_.-]{0,49}"
    return _normal(text.strip()) if re.fullmatch(form, text.strip(), re.IGNORECASE) else None


def account(place: str) -> str:
    """Return whom the learning platform names that gave a thing its place in the inbox, empty where none did.

    `place` is a path below the inbox. Only its first part is looked at: what lies in it students have named.
    """
    return _student(place.partition("/")[0])


def written_plainly(name: str) -> str:
    """Return a name as it looks: composed, without characters that have no shape, and without blanks at its ends."""
    return "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf").strip()


def same_person(name: str) -> str:
    """Return what all writings of a name have in common: case, width and a digit's script tell nobody apart."""
    return _normal(written_plainly(name)).casefold()


def _student(name: str) -> str:
    match = _MOODLE.fullmatch(name) or _CANVAS.fullmatch(name) or _CANVAS_ANONYMOUS.fullmatch(name)
    return match["student"] if match else ""


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
    match = _CANVAS.fullmatch(name) or _MOODLE.fullmatch(name) or _CANVAS_ANONYMOUS.fullmatch(name)
    for whole in (name, *([match["rest"]] if match and match["rest"] else [])):
        short = stem(whole)
        yield short
        yield first_version(short) or short
