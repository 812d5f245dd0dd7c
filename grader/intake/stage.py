"""A safe copy of a submission: inert data from an inbox in a folder that a worker may read.

Nothing is executed, imported or even parsed. A folder, a file and an archive are treated alike: an archive is first
unpacked into a folder, and the same limits apply to all. Several things that one student handed in are put into one
folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path, PurePosixPath

from grader.core.errors import GraderFault, SubmissionError
from grader.core.text import clean_name, printable
from grader.intake.bounds import MAX_BYTES, MAX_FILES, LeftOut, is_seen
from grader.intake.copying import Copy, digest_of, failed_copy, is_machines, ours
from grader.intake.members import safe_path
from grader.intake.names import is_archive, is_called, is_other_archive, is_source, stem
from grader.intake.unpack import unpacked

_EXPECTED = "a folder, a .py file, a notebook (.ipynb), a .zip or a .tar.gz"


class Kind(StrEnum):
    """The form in which a submission is handed in."""

    FOLDER = "folder"
    FILE = "file"
    ARCHIVE = "archive"


@dataclass(frozen=True)
class Staged:
    """A submission's copy: its name, a SHA-256 over names and contents, its files, what was left out.

    `files` are POSIX paths relative to the staging folder, sorted; `sources` the paths that they had in the submission.
    `contents` is a SHA-256 over the contents alone. `left_out` gives the reason for each path that was not accepted
    (with everything below it), `rest` for those that were not examined.
    """

    name: str
    digest: str
    files: tuple[str, ...]
    notes: tuple[str, ...]
    contents: str = ""
    sources: frozenset[str] = frozenset()
    left_out: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""

    @cached_property
    def file_names(self) -> frozenset[str]:
        """The names of the files, without their folders."""
        return frozenset(PurePosixPath(file).name for file in self.files)


@dataclass(frozen=True)
class Joined:
    """Several entries of one inbox that are one hand-in: its name, their paths, and the name of each in the copy.

    What is inside a folder among them is copied as if it were beside the others.
    """

    name: str
    paths: tuple[Path, ...]
    called: tuple[str, ...]

    def __str__(self) -> str:
        return " + ".join(map(str, self.paths))


@dataclass(frozen=True)
class Parcel:
    """A hand-in that was staged on another machine: what staging found of it, and the content of each file.

    `around` are the names that it was handed in under, which may tell whose it is.
    """

    staged: Staged
    around: tuple[str, ...]
    contents: Mapping[str, bytes]

    def __str__(self) -> str:
        return self.staged.name


# The path of a hand-in, and everything that can be staged.
Place = Path | Joined
Source = Place | Parcel


def names_around(place: Source) -> tuple[str, ...]:
    """Return the names that a hand-in lies under, those first that say most of whose it is."""
    if isinstance(place, Parcel):
        return place.around
    return tuple(one.name for one in place.paths) if isinstance(place, Joined) else (place.name, place.parent.name)


def stage(place: Source, into: Path, also: Collection[str] = ()) -> Staged:
    """Copy a submission (a folder, script, notebook, archive or parcel, or several) into a folder, emptied first.

    Folders get mode 0755, files 0644. Raises SubmissionError if there is nothing to grade: no source, no file with a
    name in `also` (globs), and no picture or PDF if there are such names; and GraderFault if this machine cannot copy
    it completely.
    """
    if isinstance(place, Parcel):
        return _laid_out(place, into)
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


def _laid_out(parcel: Parcel, into: Path) -> Staged:
    """Write the files of a parcel; raises GraderFault where they are not those that were staged."""
    files = {name: (_path_of(name), content) for name, content in parcel.contents.items()}
    hashes = {name: hashlib.sha256(content).digest() for name, content in parcel.contents.items()}
    size = sum(map(len, parcel.contents.values()))
    if digest_of(hashes) != parcel.staged.digest or len(files) > MAX_FILES or size > MAX_BYTES:
        raise GraderFault("a submission did not arrive as it was sent", where=parcel.staged.name)
    with ours():
        _empty(into)
        for path, content in files.values():
            for folder in reversed(path.parents[:-1]):
                (into / folder).mkdir(mode=0o755, exist_ok=True)
                (into / folder).chmod(0o755)
            with (into / path).open("xb") as file:
                file.write(content)
            (into / path).chmod(0o644)
    return parcel.staged


def _path_of(name: str) -> PurePosixPath:
    """Return where a parcel's file is written; raises GraderFault for a name that does not stay in its folder."""
    try:
        return safe_path(name)
    except LeftOut as reason:
        raise GraderFault("a submission did not arrive as it was sent", where=name, found=str(reason)) from reason


def _name(path: Path, also: Collection[str]) -> str:
    return path.name if kind_of(path, also) is Kind.FOLDER else stem(path.name)


def kind_of(path: Path, also: Collection[str] = ()) -> Kind:
    """Return what a submission is; raise SubmissionError if it is none. `also` are names (globs) of other work."""
    try:
        mode = os.lstat(path).st_mode
    except OSError as error:
        raise _unreadable(path, error.strerror) from error
    except ValueError as error:  # a NUL in the path
        raise _unreadable(path, str(error)) from error
    where = printable(str(path))
    if stat.S_ISLNK(mode):
        todo = "give the path that it points to"
        raise SubmissionError("symbolic links are not followed", where=where, expected=_EXPECTED, todo=todo)
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    if stat.S_ISREG(mode) and (is_source(path.name) or is_called(path.name, also)):
        return Kind.FILE
    if stat.S_ISREG(mode) and is_archive(path.name):
        return Kind.ARCHIVE
    if is_other_archive(path.name):
        todo = "pack the work as .zip or .tar.gz"
        raise SubmissionError("archives of this kind are not supported", where=where, expected=_EXPECTED, todo=todo)
    found = f"a file named {printable(path.name)}" if stat.S_ISREG(mode) else "a pipe, socket or device"
    raise SubmissionError("this is not a submission", where=where, found=found, expected=_EXPECTED)


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
    """Refuse to empty a folder that contains the submission, or to copy a submission into itself."""
    source, target = path.resolve(), into.resolve()
    if source == target or source in target.parents or target in source.parents:
        raise GraderFault("a submission and its staging folder must be separate", where=source, found=str(target))


def _empty(folder: Path) -> None:
    """Remove the contents of a folder, whatever their modes."""
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
    if also and any(is_seen(file) for file in copy.files):  # if a person marks something, a scan with any name is work
        return
    more = len(copy.files) - 5
    found = [*copy.files[:5], *([f"{more} more files"] if more > 0 else []), *copy.notes[:5]]
    raise SubmissionError(
        "no Python file or notebook",
        where=printable(str(path)),
        found="; ".join(found) or "it is empty",
        expected="at least one .py or .ipynb file",
    )
