"""Names of what is handed in again: beside `work.py`, `work-1.py` and `work (1).py` are later versions of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import basename, splitext

_AGAIN = re.compile(r"(?P<first>.+?)( ?\((?P<times>\d{1,3})\)|-(?P<number>\d{1,2}))", re.DOTALL)


def first_version(name: str) -> str | None:
    """Return the name that ` (1)` or `-1` was added to, or None for a name without such an ending."""
    again = _AGAIN.fullmatch(name)
    return again["first"] if again else None


def in_order(labels: Iterable[str], module: str) -> list[str]:
    """Return ranked files with those first that are called as the question's module, and earlier versions last.

    Platforms and browsers name what is uploaded or saved again, so of such names the last counts, of folders as well.
    """
    files = list(labels)
    names = {step for label in files for step in _steps(label)} if len(files) > 1 else set()
    latest: dict[tuple[str, str, str], int] = {}
    for folder, name in names:
        first, number, ending = _taken_apart(name)
        if number and (folder, first + ending) in names:
            latest[folder, first, ending] = max(number, latest.get((folder, first, ending), 0))
    return sorted(files, key=lambda label: (_is_earlier(label, latest), module not in called(label)))


def is_later(label: str, other: str) -> bool:
    """Tell whether a file is a later version of another, or lies in one of the other's folder, by their names."""
    return in_order([other, label], "") == [label, other]


def _steps(label: str) -> Iterable[tuple[str, str]]:
    """Return each folder of a path and the name that it has in there."""
    parts = label.split("/")
    return [("/".join(parts[:at]), part) for at, part in enumerate(parts)]


def _is_earlier(label: str, latest: dict[tuple[str, str, str], int]) -> bool:
    for folder, name in _steps(label) if latest else ():  # in most submissions nothing was handed in again
        first, number, ending = _taken_apart(name)
        if number < latest.get((folder, first, ending), 0):
            return True
    return False


def _taken_apart(name: str) -> tuple[str, int, str]:
    """Return what a name was at first, how often it was given again, and its ending."""
    stem, ending = splitext(name)
    again = _AGAIN.fullmatch(stem)
    return (again["first"], int(again["times"] or again["number"]), ending) if again else (stem, 0, ending)


def called(label: str) -> set[str | None]:
    """Return the modules that a file may be meant as: by its name, and by what that was before it was given again."""
    stem = splitext(basename(label))[0]
    return {stem, first_version(stem)}
