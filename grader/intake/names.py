"""Which names matter in a submission, and names that every program accepts."""

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
# Follows the name of an archive in the path of a member: `code.zip!/sums.py`.
INSIDE = "!"
_ARCHIVE = re.compile(r"\.(zip|tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
_OTHER_ARCHIVE = re.compile(r"\.(gz|bz2|xz|zst|7z|rar)$", re.IGNORECASE)


def is_ignored(name: str) -> bool:
    """Return whether a file or folder was left behind by tools; `._x` is macOS's shadow of `x`."""
    return name in IGNORED or name.startswith("._")


def is_source(name: str) -> bool:
    """Return whether a name is that of a script or notebook, ignoring case."""
    return name.lower().endswith(tuple(SOURCES))


def is_called(path: str, patterns: Iterable[str]) -> bool:
    """Return whether a file, in any folder, has one of the names (globs), ignoring case."""
    name = PurePosixPath(path).name.casefold()
    return any(fnmatch.fnmatchcase(name, pattern.casefold()) for pattern in patterns)


def is_archive(name: str) -> bool:
    """Return whether a name is that of an archive that is unpacked."""
    return _ARCHIVE.search(name) is not None


def is_other_archive(name: str) -> bool:
    """Return whether a name is that of an archive of a kind that is not unpacked."""
    return not is_archive(name) and _OTHER_ARCHIVE.search(name) is not None


def stem(name: str) -> str:
    """Return a file's name without the suffix of a script, notebook or archive: `hw.tar.gz` becomes `hw`."""
    short = _ARCHIVE.sub("", name) if is_archive(name) else name.rpartition(".")[0] if is_source(name) else name
    return short or name


def with_plain_ending(name: str) -> str:
    """Return the name with `.py` for `.PY`, as imports expect it."""
    before, dot, ending = name.rpartition(".")
    return f"{before}{dot}{ending.lower()}" if is_source(name) else name
