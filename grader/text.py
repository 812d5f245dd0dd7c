"""Words and names of people: text that a terminal can take, what somebody may have meant, a file by its name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import PurePosixPath


def printable(text: str, *, keep: str = "", limit: int = 200) -> str:
    r"""Return `text` with control characters, surrogates and the like escaped, and clipped.

    What a student wrote may hold terminal escapes, newlines in file names or bytes that are no
    text; `keep` names the characters (such as "\n") that stay as they are.
    """
    clipped = text if len(text) <= limit else f"{text[:limit]}…"
    return "".join(c if c.isprintable() or c in keep else ascii(c)[1:-1] for c in clipped)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return "did you mean …?" with the known word nearest to `word`, or None."""
    near = nearest(word, known)
    return f"did you mean `{near[0]}`?" if near else None


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return the known word nearest to `word`, or nothing.

    The last part of a dotted id, such as `momentum`, is near to the whole of it.
    """
    ids = list(known)
    last = [name for name in ids if name.rpartition(".")[2] == word]
    return last[:1] or get_close_matches(word, ids, n=1, cutoff=0.6)


def listed(words: Iterable[str]) -> str:
    """Return e.g. ``one``, ``one and two`` or ``one, two and three``; "" for none."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def called(name: str, files: Iterable[str]) -> str | None:
    """Return which of some files is called `name`, in capitals or not: of several the one that lies highest."""
    found = [file for file in files if PurePosixPath(file).name.casefold() == name.casefold()]
    return min(found, key=lambda file: (file.count("/"), file), default=None)
