"""A safe copy of a submission: inert data out of an inbox into a folder that a worker may read.

Nothing is executed, imported or even parsed. A folder, a file and an archive go the same way: an
archive is unpacked into a folder first, and the same bounds hold for all. Of several things that
one student handed in one folder is made.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath

from grader.errors import GraderFault, SubmissionError
from grader.submission.bounds import is_seen
from grader.submission.copying import Copy, failed_copy, is_machines, ours
from grader.submission.names import clean_name, is_archive, is_called, is_other_archive, is_source, stem
from grader.submission.unpack import unpacked
from grader.text import printable

_EXPECTED = "a folder, a .py file, a notebook (.ipynb), a .zip or a .tar.gz"


class Kind(StrEnum):
    """What a submission is handed in as."""

    FOLDER = "folder"
    FILE = "file"
    ARCHIVE = "archive"


@dataclass(frozen=True)
class Staged:
    """A submission's copy: its name, a SHA-256 over names and contents, its files, what was left out.

    `files` are POSIX paths relative to the staging folder, sorted; `sources` the paths that they had
    in the submission. `contents` is a SHA-256 over the contents alone. `left_out` gives the reason for
    each path that was not taken (with all below it), `rest` for those that were not looked at.
    """

    name: str
    digest: str
    files: tuple[str, ...]
    notes: tuple[str, ...]
    contents: str = ""
    sources: frozenset[str] = frozenset()
    left_out: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""


@dataclass(frozen=True)
class Joined:
    """Several things in one inbox that are one hand-in: its name, their paths, and what each is called in the copy.

    What lies in a folder of them is copied as if it lay beside the others.
    """

    name: str
    paths: tuple[Path, ...]
    called: tuple[str, ...]

    def __str__(self) -> str:
        return " + ".join(map(str, self.paths))


# Where a hand-in lies.
Place = Path | Joined


def stage(place: Place, into: Path, also: Collection[str] = ()) -> Staged:
    """Copy a submission (a folder, script, notebook or archive, or several) into the folder `into`, emptied first.

    Folders get mode 0755, files 0644. Raises SubmissionError when there is nothing to grade: no source, and none of
    the files called as one of `also` (globs), nor a picture or PDF where there are such, and GraderFault when this
    machine cannot copy it whole.
    """
    parts = place.paths if isinstance(place, Joined) else (Path(os.path.abspath(place)),)
    name = place.name if isinstance(place, Joined) else _name(parts[0], also)
    for path in parts:
        _keep_apart(path, into)
    with ours():
        _empty(into)
    with ExitStack() as scratch:
        copy = Copy(into, scratch)
        try:
            if isinstance(place, Joined):
                for path, called in zip(place.paths, place.called, strict=True):
                    copy.take(path, PurePosixPath(path.name), called)
            else:
                _copy(parts[0], copy, also, scratch)
            copy.finish()
        except OSError as error:
            raise (failed_copy(error) if is_machines(error) else _unreadable(place, error.strerror)) from error
    _demand_source(place, copy, also)
    return Staged(
        clean_name(name), copy.digest(), copy.files, copy.notes,
        copy.contents(), copy.sources, copy.left_out, copy.rest,
    )  # fmt: skip


def _name(path: Path, also: Collection[str]) -> str:
    return path.name if kind_of(path, also) is Kind.FOLDER else stem(path.name)


def kind_of(path: Path, also: Collection[str] = ()) -> Kind:
    """Return what a submission is; raise SubmissionError for what is none. `also` are names (globs) of other work."""
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
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    if stat.S_ISREG(mode) and (is_source(path.name) or is_called(path.name, also)):
        return Kind.FILE
    if stat.S_ISREG(mode) and is_archive(path.name):
        return Kind.ARCHIVE
    if is_other_archive(path.name):
        todo = "pack the work as .zip or .tar.gz"
        raise SubmissionError("archives of this kind are not read", where=where, expected=_EXPECTED, todo=todo)
    found = f"a file named {printable(path.name)}" if stat.S_ISREG(mode) else "a pipe, socket or device"
    raise SubmissionError("this is no submission", where=where, found=found, expected=_EXPECTED)


def _copy(path: Path, copy: Copy, also: Collection[str], scratch: ExitStack) -> None:
    if kind_of(path, also) is not Kind.ARCHIVE:
        copy.take(path)
        return
    found = scratch.enter_context(unpacked(path))
    copy.leave(found.left_out, found.notes)
    copy.take(found.folder)


def _unreadable(path: Place, why: str | None) -> SubmissionError:
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


def _demand_source(path: Place, copy: Copy, also: Collection[str]) -> None:
    if any(is_source(file) or is_called(file, also) for file in copy.files):
        return
    if also and any(is_seen(file) for file in copy.files):  # where a person marks something, a scan by any name is work
        return
    more = len(copy.files) - 5
    found = [*copy.files[:5], *([f"{more} more files"] if more > 0 else []), *copy.notes[:5]]
    raise SubmissionError(
        "no Python file or notebook",
        where=printable(str(path)),
        found="; ".join(found) or "it is empty",
        expected="at least one .py or .ipynb file",
    )
