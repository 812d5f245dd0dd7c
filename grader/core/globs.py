"""Selecting things by name on a command line, with globs as in a shell."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from grader.core.errors import UsageError
from grader.core.text import did_you_mean

T = TypeVar("T")


def chosen(globs: Iterable[str], names: Mapping[T, Sequence[str]], kind: str) -> list[T]:
    """Return the things that the globs match by any of their names, in the order of `names`.

    `kind` says what they are, e.g. ``question of tiny``. Raises UsageError for a glob that matches no name; the message
    lists the first name of each thing.
    """
    known = list(dict.fromkeys(own[0] for own in names.values()))
    found = set[T]()
    for glob in globs:
        matching = {thing for thing, own in names.items() if any(fnmatch.fnmatchcase(name, glob) for name in own)}
        if not matching:
            group = f", or a glob such as '{known[0].partition('.')[0]}.*'" if known else ""
            raise UsageError(
                f"no {kind} is called {glob!r}",
                expected=f"one of {', '.join(known)}{group}" if known else None,
                todo=did_you_mean(glob, [*known, *(name for own in names.values() for name in own[1:])]),
            )
        found |= matching
    return [thing for thing in names if thing in found]
