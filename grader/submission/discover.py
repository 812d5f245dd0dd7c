"""What an inbox holds: every direct child is listed, also those that are no submission, with the reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SubmissionError, UsageError
from grader.submission.names import SOURCES, clean_name
from grader.submission.stage import is_folder
from grader.text import printable


@dataclass(frozen=True)
class Entry:
    """One thing in an inbox: a name for its result, unique there, and why it is no submission, if so."""

    name: str
    path: Path
    problem: str | None = None


def discover(inbox: Path) -> list[Entry]:
    """Return the direct children of a folder, sorted, hidden files left out.

    Only kinds and names are looked at; whether a folder holds Python is found when it is staged.
    Raises UsageError when `inbox` is no folder that can be read.
    """
    try:
        children = sorted(child for child in inbox.iterdir() if not child.name.startswith("."))
    except OSError as error:
        raise UsageError(
            "this is no inbox",
            where=printable(str(inbox)),
            found=error.strerror,
            expected="a folder with a submission in each file or folder",
        ) from error
    problems = [_problem(child) for child in children]
    names = _unique_names(children)
    return [Entry(name, path, problem) for name, path, problem in zip(names, children, problems, strict=True)]


def _unique_names(paths: list[Path]) -> list[str]:
    """Return stems where they tell the entries apart, full names elsewhere."""
    full = [clean_name(path.name) for path in paths]
    stems = [clean_name(path.stem) if path.suffix in SOURCES else clean_name(path.name) for path in paths]
    taken = Counter(full)
    shared = Counter(stems)
    names: list[str] = []
    for stem, name in zip(stems, full, strict=True):
        candidate = stem if shared[stem] == 1 and (stem == name or stem not in taken) else name
        number = 2
        unique = candidate
        while unique in names:  # only names that differ in what no terminal can show get here
            unique = f"{candidate}-{number}"
            number += 1
        names.append(unique)
    return names


def _problem(path: Path) -> str | None:
    try:
        is_folder(path)
    except SubmissionError as error:
        return ": ".join(filter(None, (error.message, error.found, error.todo)))
    return None
