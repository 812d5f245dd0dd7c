"""Text and names: text that a terminal can show, what somebody may have meant, a file by its name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path, PurePosixPath


def printable(text: str, *, keep: str = "", limit: int = 200) -> str:
    r"""Return `text` with control characters, surrogates and the like escaped, and clipped.

    What a student wrote may contain terminal escapes, newlines in file names or bytes that are not
    text; `keep` lists the characters (such as "\n") that are not escaped.
    """
    clipped = text if len(text) <= limit else f"{text[:limit]}…"
    if all(part.isprintable() for part in (re.split(f"[{re.escape(keep)}]", clipped) if keep else [clipped])):
        return clipped  # for nearly all texts, and a hundred times as fast as checking each character
    return "".join(c if c.isprintable() or c in keep else ascii(c)[1:-1] for c in clipped)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return "did you mean …?" with the known word nearest to `word`, or None."""
    near = nearest(word, known)
    return f"did you mean `{near[0]}`?" if near else None


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return the known word closest to `word`, or nothing.

    The last part of a dotted id, such as `momentum`, counts as close to the whole.
    """
    ids = list(known)
    last = [name for name in ids if name.rpartition(".")[2] == word]
    return last[:1] or get_close_matches(word, ids, n=1, cutoff=0.6)


def counted(number: int, thing: str, things: str = "") -> str:
    """Return e.g. ``1 check`` or ``3 checks``."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def listed(words: Iterable[str]) -> str:
    """Return e.g. ``one``, ``one and two`` or ``one, two and three``; "" for none."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def called(name: str, files: Iterable[str]) -> str | None:
    """Return which of some files is called `name`, ignoring case; of several, the one closest to the root."""
    found = [file for file in files if PurePosixPath(file).name.casefold() == name.casefold()]
    return min(found, key=lambda file: (file.count("/"), file), default=None)


def clean_name(name: str) -> str:
    """Return the name with `_` for every character that cannot be printed or is not text."""
    return "".join(c if c.isprintable() else "_" for c in name)


def seen_from(path: Path, folder: Path) -> str:
    """Return a path relative to a folder, or the whole path if Windows has the two on different drives."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path)
