"""Reads a sheet that somebody filled in: lenient in form, and restricted to numbers and a roll number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.core.text import printable
from grader.sheets.form import Form, Values

MAX_LINES = 5_000
_SEPARATOR = re.compile(r"[=:≈]")
_BULLET = re.compile(r"^[\s>*•|`-]+")
_NUMBER = re.compile(
    r"(?P<sign>[+−–-]?)\s*(?P<digits>\d{1,30}(?:[.,]\d{0,30})?|[.,]\d{1,30})"
    r"(?:\s*(?:[eE]|[x×*·]\s*10\s*(?:\^|\*\*)?)\s*[{(]?\s*(?P<power>[+−–-]?\s*\d{1,3})[)}]?)?(?P<rest>.*)"
)
_ROLL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,49}")


@dataclass(frozen=True)
class FilledSheet:
    """A number as it was written: its value, its number of decimals, its line."""

    value: float
    decimals: int
    line: int


@dataclass
class Reading:
    """The contents of a sheet: numbers and problems by entry. What is in neither was left blank."""

    roll: str | None = None
    numbers: dict[str, FilledSheet] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def read_sheet(text: str, form: Form) -> Reading:
    """Return what a sheet says about the entries of `form`; other lines are ignored."""
    reading = Reading()
    entries = {_key(entry): entry for quantity in (*form.given, *form.asked) for entry in quantity.entries}
    for number, line in enumerate(text.splitlines()[:MAX_LINES], start=1):
        name, said = _parted(line)
        if name.startswith("roll"):
            found = _ROLL.search(said)
            reading.roll = found[0].lower() if found and reading.roll is None else reading.roll
        elif name in entries and said:
            _take(reading, entries[name], said, number)
    return reading


def _parted(line: str) -> tuple[str, str]:
    """Return the name at the beginning of a line, and what follows its last equals sign, without comments."""
    said = re.split("#|;;|//", line[:500], maxsplit=1)[0]
    name, *values = _SEPARATOR.split(_BULLET.sub("", said))
    return _key(name), values[-1].strip(" \t\r|`*_") if values else ""


def _key(name: str) -> str:
    """Return the normal form of a name, in which names are compared: ``W1 (2;1)`` is ``w1[2,1]``."""
    bare = re.sub(r"[\s_`*]", "", name).casefold().replace("][", ",").replace(";", ",")
    return bare.replace("(", "[").replace(")", "]").replace("{", "[").replace("}", "]")


def _take(reading: Reading, entry: str, said: str, line: int) -> None:
    written = _number(said, line)
    before = reading.numbers.get(entry)
    if written is None:
        expected = "one number, such as 0.1234 or -1.5e-3"
        reading.problems[entry] = f"line {line}: {entry}: found “{printable(said, limit=40)}”, expected {expected}"
    elif before is not None and before.value != written.value:
        reading.problems[entry] = f"line {line}: {entry} has another value than in line {before.line}; leave one"
    else:
        reading.numbers[entry] = written


def _number(said: str, line: int) -> FilledSheet | None:
    """Return the only number in a text, which a unit or a word may follow."""
    found = _NUMBER.fullmatch(said)
    if found is None or re.search(r"\d|[*^+=]", found["rest"]):
        return None
    digits = found["digits"].replace(",", ".")
    power = int(re.sub(r"\s", "", found["power"] or "0").replace("−", "-").replace("–", "-"))
    sign = -1.0 if found["sign"] in {"-", "−", "–"} and found["sign"] else 1.0
    value = sign * float(f"{digits}e{power}")
    return FilledSheet(value, len(digits.partition(".")[2]) - power, line) if abs(value) < 1e9 else None


def changed(reading: Reading, form: Form, given: Values) -> Iterator[str]:
    """Yield the given entries that have other values on the sheet; a missing line is not a change."""
    for quantity in form.given:
        for entry, value in zip(quantity.entries, given[quantity.name].flat, strict=True):
            own = reading.numbers.get(entry)
            if entry in reading.problems or (own is not None and abs(own.value - value) > 1e-9):
                yield entry
