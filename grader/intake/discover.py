"""The contents of an inbox: every direct child is listed, including those that are not submissions, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from grader.core.errors import GradproofError, SubmissionError, UsageError
from grader.core.text import clean_name, printable
from grader.intake.names import stem
from grader.intake.stage import kind_of

_LONGEST_NAME = 200  # bytes; systems allow 255


@dataclass(frozen=True)
class InboxEntry:
    """One entry of an inbox: a name for its result, unique there, and the reason if it is not a submission."""

    name: str
    path: Path
    problem: str | None = None


def discover(inbox: Path, also: Collection[str] = (), own: Collection[str] = ()) -> list[InboxEntry]:
    """Return the direct children of a folder, sorted, without hidden files and the platform's `own`.

    Only kinds and names are examined; whether a folder contains Python is found out when it is staged. `also` are names
    (globs) of files that are work besides sources. Raises UsageError if `inbox` is not a folder that can be read.
    """
    try:
        children = sorted(
            child for child in inbox.iterdir() if not child.name.startswith(".") and child.name not in own
        )
    except OSError as error:
        raise UsageError(
            "this is not an inbox",
            where=printable(str(inbox)),
            found=error.strerror,
            expected="a folder with a submission in each file or folder",
        ) from error
    names = _unique_names([child.name for child in children])
    return [InboxEntry(name, path, _problem(path, also)) for name, path in zip(names, children, strict=True)]


def demand_apart(out: Path, inbox: Path) -> None:
    """Refuse to write results where the next run would take them for submissions."""
    if out.resolve().is_relative_to(inbox.resolve()):
        todo = "choose a folder outside the inbox"
        raise UsageError("results cannot be written inside the inbox", where=out, found=str(inbox), todo=todo)


def _unique_names(handed_in: list[str]) -> list[str]:
    """Return stems if they distinguish the entries, full names otherwise."""
    full = [shortened(clean_name(name)) for name in handed_in]
    stems = [shortened(clean_name(stem(name))) for name in handed_in]
    taken = Counter(full)
    shared = Counter(stems)
    names: list[str] = []
    for short, name in zip(stems, full, strict=True):
        candidate = short if shared[short] == 1 and (short == name or short not in taken) else name
        # Names may differ only in what no terminal can show, or far from the beginning.
        names.append(unique(candidate, names))
    return names


def unique(name: str, taken: Collection[str]) -> str:
    """Return the name, with a number after it if it is taken."""
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def shortened(name: str) -> str:
    """Return as much of a name as leaves room for a suffix: a result's file has this name and a suffix."""
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
