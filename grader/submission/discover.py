"""What an inbox holds: every direct child is listed, also those that are no submission, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GradproofError, SubmissionError, UsageError
from grader.submission.names import clean_name, stem
from grader.submission.stage import archives_in, kind_of
from grader.text import printable

_LONGEST_NAME = 200  # bytes; systems take 255


@dataclass(frozen=True)
class Entry:
    """One thing in an inbox: a name for its result, unique there, and why it is no submission, if so."""

    name: str
    path: Path
    problem: str | None = None


def discover(inbox: Path, also: Collection[str] = ()) -> list[Entry]:
    """Return the direct children of a folder, sorted, hidden files left out.

    A folder with archives and no work in another form stands for these, each a submission. Only kinds
    and names are looked at; whether a folder holds Python is found when it is staged. `also` are names (globs) of
    files that are work beside sources.
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
    found = [pair for child in children for pair in _submissions(child)]
    names = _unique_names([name for name, _ in found])
    return [Entry(name, path, _problem(path, also)) for name, (_, path) in zip(names, found, strict=True)]


def demand_apart(out: Path, inbox: Path) -> None:
    """Refuse to write results where the next run would take them for submissions."""
    if out.resolve().is_relative_to(inbox.resolve()):
        todo = "name a folder outside the inbox"
        raise UsageError("results cannot lie inside the inbox", where=out, found=str(inbox), todo=todo)


def _submissions(child: Path) -> list[tuple[str, Path]]:
    """Return what one child of the inbox stands for, each with a name to begin with."""
    inside = archives_in(child)
    if len(inside) > 1:
        return [(f"{child.name} {path.name}", path) for path in inside]
    return [(child.name, inside[0] if inside else child)]


def _unique_names(handed_in: list[str]) -> list[str]:
    """Return stems where they tell the entries apart, full names elsewhere."""
    full = [_short(clean_name(name)) for name in handed_in]
    stems = [_short(clean_name(stem(name))) for name in handed_in]
    taken = Counter(full)
    shared = Counter(stems)
    names: list[str] = []
    for short, name in zip(stems, full, strict=True):
        candidate = short if shared[short] == 1 and (short == name or short not in taken) else name
        number = 2
        unique = candidate
        while unique in names:  # names that differ only in what no terminal can show, or far behind
            unique = f"{candidate}-{number}"
            number += 1
        names.append(unique)
    return names


def _short(name: str) -> str:
    # A result's file has this name and an ending.
    return name.encode()[:_LONGEST_NAME].decode(errors="ignore")


def _problem(path: Path, also: Collection[str]) -> str | None:
    try:
        kind_of(path, also)
    except SubmissionError as error:
        return in_one_line(error)
    return None


def in_one_line(error: GradproofError) -> str:
    """Return an error as one line, for a table."""
    return ": ".join(filter(None, (error.message, error.found, error.todo)))
