"""Names of files that were handed in again: `work-1.py` and `work (1).py` are later versions of `work.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import basename, splitext

_AGAIN = re.compile(r"(?P<first>.+?)( ?\((?P<times>\d{1,3})\)|-(?P<number>\d{1,2}))", re.DOTALL)


def first_version(name: str) -> str | None:
    """Return the name to which ` (1)` or `-1` was added, or None for a name without such an ending."""
    again = _AGAIN.fullmatch(name)
    return again["first"] if again else None


def taken_apart(name: str) -> tuple[str, int, str]:
    """Return the original name, how often it was used again, and its suffix."""
    stem, ending = splitext(name)
    again = _AGAIN.fullmatch(stem)
    return (again["first"], int(again["times"] or again["number"]), ending) if again else (stem, 0, ending)


def in_order(labels: Iterable[str], module: str) -> list[str]:
    """Return ranked files with those first that are named after the question's module, and earlier versions last.

    Platforms and browsers rename what is uploaded or saved again, so of such names the last counts, also for folders.
    """
    files = list(labels)
    names = {step for label in files for step in _steps(label)} if len(files) > 1 else set()
    latest: dict[tuple[str, str, str], int] = {}
    for folder, name in names:
        first, number, ending = taken_apart(name)
        if number and (folder, first + ending) in names:
            latest[folder, first, ending] = max(number, latest.get((folder, first, ending), 0))
    return sorted(files, key=lambda label: (_is_earlier(label, latest), module not in called(label)))


def is_later(label: str, other: str) -> bool:
    """Return whether a file is a later version of another, or is in one of the other's folder, by their names."""
    return in_order([other, label], "") == [label, other]


def _steps(label: str) -> Iterable[tuple[str, str]]:
    """Return each folder of a path and the name in it."""
    parts = label.split("/")
    return [("/".join(parts[:at]), part) for at, part in enumerate(parts)]


def _is_earlier(label: str, latest: dict[tuple[str, str, str], int]) -> bool:
    for folder, name in _steps(label) if latest else ():  # in most submissions nothing was handed in again
        first, number, ending = taken_apart(name)
        if number < latest.get((folder, first, ending), 0):
            return True
    return False


def called(label: str) -> set[str | None]:
    """Return the modules that a file may be meant as: by its name, and by its original name."""
    stem = splitext(basename(label))[0]
    return {stem, first_version(stem)}
