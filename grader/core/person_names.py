"""People's names and numbers in all their spellings: which are the same, whatever their case, width or script."""

from __future__ import annotations

import unicodedata

from grader.core.text import clean_name


def written_plainly(name: str) -> str:
    """Return a name as it looks: composed, stripped, and without invisible characters."""
    return "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf").strip()


def normal_number(roll: str) -> str:
    """Return a roll number in lower case, with digits of one script.

    A pattern's `\\d` matches digits of all scripts, but a student has one number.
    """
    plain = unicodedata.normalize("NFKC", roll).lower()
    return clean_name("".join(str(unicodedata.decimal(character, character)) for character in plain))


def same_person(name: str) -> str:
    """Return a key that all spellings of a name share: case, width and a digit's script do not distinguish people."""
    # True of most names, and much faster: a table of ten thousand would otherwise take seconds.
    if name.isascii() and name.isprintable():
        return name.strip().lower()
    return normal_number(written_plainly(name)).casefold()


def same_name(name: str) -> tuple[str, ...]:
    """Return a key that a name shares with any other order of its words: `Lovelace, Ada` is `Ada Lovelace`."""
    return tuple(sorted(same_person(name).replace(",", " ").split()))
