"""Which names matter in a submission, and names that every program can take."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

NOTEBOOK = ".ipynb"
SOURCES = frozenset({".py", NOTEBOOK})
IGNORED = frozenset(
    {"__pycache__", ".git", ".ipynb_checkpoints", "__MACOSX", ".DS_Store", ".venv", "venv", "node_modules"}
)
# Behind the name of an archive in the path of what lies in it: `code.zip!/sums.py`.
INSIDE = "!"
_ARCHIVE = re.compile(r"\.(zip|tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
_OTHER_ARCHIVE = re.compile(r"\.(gz|bz2|xz|zst|7z|rar)$", re.IGNORECASE)


def is_ignored(name: str) -> bool:
    """Tell whether a file or folder is what tools leave behind; `._x` is macOS's shadow of `x`."""
    return name in IGNORED or name.startswith("._")


def is_source(name: str) -> bool:
    """Tell a script or notebook by its name, in whatever case a file system has put it."""
    return name.lower().endswith(tuple(SOURCES))


def is_called(path: str, patterns: Iterable[str]) -> bool:
    """Tell whether a file, wherever it lies, has one of the names (globs) in whatever case."""
    name = PurePosixPath(path).name.casefold()
    return any(fnmatch.fnmatchcase(name, pattern.casefold()) for pattern in patterns)


def is_archive(name: str) -> bool:
    """Tell an archive that is unpacked by its name."""
    return _ARCHIVE.search(name) is not None


def is_other_archive(name: str) -> bool:
    """Tell a packed file of a kind that is not unpacked by its name."""
    return not is_archive(name) and _OTHER_ARCHIVE.search(name) is not None


def stem(name: str) -> str:
    """Return a file's name without the ending of a script, notebook or archive: `hw.tar.gz` is `hw`."""
    short = _ARCHIVE.sub("", name) if is_archive(name) else name.rpartition(".")[0] if is_source(name) else name
    return short or name


def clean_name(name: str) -> str:
    """Return the name with `_` for every character that cannot be printed or is no text."""
    return "".join(c if c.isprintable() else "_" for c in name)


def with_plain_ending(name: str) -> str:
    """Return the name with `.py` for `.PY`, as imports expect it."""
    before, dot, ending = name.rpartition(".")
    return f"{before}{dot}{ending.lower()}" if is_source(name) else name
