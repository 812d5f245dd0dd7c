"""A safe copy of a submission: inert data out of an inbox into a folder that a worker may read.

Nothing is executed, imported or even parsed.
"""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.errors import GraderFault, SubmissionError
from grader.submission.copying import Copy
from grader.submission.names import ARCHIVES, SOURCES, clean_name
from grader.text import printable

_EXPECTED = "a folder, a .py file or a notebook (.ipynb)"


@dataclass(frozen=True)
class Staged:
    """A submission's copy: its name, a SHA-256 over names and contents, its files, what was left out.

    `files` are POSIX paths relative to the staging folder, sorted.
    """

    name: str
    digest: str
    files: tuple[str, ...]
    notes: tuple[str, ...]


def stage(path: Path, into: Path) -> Staged:
    """Copy the submission `path` (a folder, a `.py`, a `.ipynb`) into the folder `into`, emptied first.

    Folders get mode 0755, files 0644. Raises SubmissionError when there is nothing to grade.
    """
    path = Path(os.path.abspath(path))
    folder = is_folder(path)
    _keep_apart(path, into)
    _empty(into)
    copy = Copy(into)
    try:
        copy.take(path)
    except OSError as error:
        raise _unreadable(path, error.strerror) from error
    _demand_source(path, copy)
    name = path.name if folder else path.stem
    return Staged(clean_name(name), copy.digest(), copy.files, tuple(copy.notes))


def is_folder(path: Path) -> bool:
    """Tell a folder from a script or notebook; raise SubmissionError for anything else."""
    try:
        mode = os.lstat(path).st_mode
    except OSError as error:
        raise _unreadable(path, error.strerror) from error
    except ValueError as error:  # a NUL in the path
        raise _unreadable(path, str(error)) from error
    where = printable(str(path))
    if stat.S_ISLNK(mode):
        todo = "name the path that it points to"
        raise SubmissionError("symbolic links are not followed", where=where, expected=_EXPECTED, todo=todo)
    if stat.S_ISDIR(mode) or (stat.S_ISREG(mode) and path.suffix in SOURCES):
        return stat.S_ISDIR(mode)
    if path.suffix.lower() in ARCHIVES:
        todo = "unpack it and name the folder"
        raise SubmissionError("archives are not read yet", where=where, expected=_EXPECTED, todo=todo)
    found = f"a file named {printable(path.name)}" if stat.S_ISREG(mode) else "a pipe, socket or device"
    raise SubmissionError("this is no submission", where=where, found=found, expected=_EXPECTED)


def _unreadable(path: Path, why: str | None) -> SubmissionError:
    return SubmissionError("the submission cannot be read", where=printable(str(path)), found=why, expected=_EXPECTED)


def _keep_apart(path: Path, into: Path) -> None:
    """Refuse to empty a folder that the submission lies in, or to copy a submission into itself."""
    source, target = path.resolve(), into.resolve()
    if source == target or source in target.parents or target in source.parents:
        raise GraderFault("a submission and its staging folder must lie apart", where=source, found=str(target))


def _empty(folder: Path) -> None:
    """Remove what is in a folder, whatever modes it was left with."""
    folder.chmod(0o755)
    for parent, folders, _ in os.walk(folder):
        for name in folders:
            if not (child := Path(parent, name)).is_symlink():
                child.chmod(0o700)
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()


def _demand_source(path: Path, copy: Copy) -> None:
    suffixes = {PurePosixPath(file).suffix for file in copy.files}
    if suffixes & SOURCES:
        return
    more = len(copy.files) - 5
    found = [*copy.files[:5], *([f"{more} more files"] if more > 0 else []), *copy.notes[:5]]
    raise SubmissionError(
        "no Python file or notebook",
        where=printable(str(path)),
        found="; ".join(found) or "nothing",
        expected="at least one .py or .ipynb file",
        todo="unpack the archive: archives are not read yet" if suffixes & ARCHIVES else None,
    )
