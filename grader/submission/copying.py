"""Copies what strangers wrote: bounded, ordinary files only; what is left out is told with the reason."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from grader.errors import GraderFault
from grader.submission.bounds import (
    IGNORED,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_FILES,
    MAX_NAMES,
    MAX_NOTES,
    LeftOut,
    mib,
)
from grader.submission.folder import Folder
from grader.submission.names import clean_name, is_archive, is_ignored, with_plain_ending
from grader.text import printable

# What no file of a stranger's can bring about: no room, no descriptors, a disk that fails.
MACHINES = frozenset({
    errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EROFS, errno.ESTALE,
    errno.EAGAIN, errno.ETIMEDOUT,
})  # fmt: skip


def is_machines(error: OSError) -> bool:
    """Tell whether it is this machine that failed, and not the submission that cannot be read."""
    return error.errno in MACHINES


def failed_copy(error: OSError) -> GraderFault:
    """Return what to raise where a submission cannot be copied whole: nothing of it is to count as left out."""
    return GraderFault(
        "a submission could not be copied, which is not its fault",
        where=error.filename,
        found=error.strerror,
        todo="make room on the disk of the folder for temporary files (TMPDIR), and grade again",
    )


@contextmanager
def ours() -> Iterator[None]:
    """Turn an error of writing a copy into a fault of ours, unless the name is longer than the system takes."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise
        raise failed_copy(error) from error


class _Enough(Exception):
    """Nothing more is copied, for the reason given."""


@dataclass
class _Linked:
    """A file with several names: how many there are, and the copies made of those in the submission."""

    names: int
    copies: list[str] = field(default_factory=list)


class Copy:
    """The copying of one submission into the empty folder `into`.

    `left_out` gives the reason for each path of the submission (`/` between folders) that was not
    taken, with all below it; `rest` the reason for those that were not even looked at.
    """

    def __init__(self, into: Path) -> None:
        self.left_out: dict[str, str] = {}
        self.rest = ""
        self._into = into
        self._notes: list[str] = []
        self._hashes: dict[str, bytes] = {}
        self._sources: dict[str, str] = {}
        self._linked: dict[tuple[int, int], _Linked] = {}
        self._bytes = 0
        self._names = 0
        self._numbers: dict[PurePosixPath, int] = {}

    @property
    def files(self) -> tuple[str, ...]:
        """POSIX paths of the copies, sorted."""
        return tuple(sorted(self._hashes))

    @property
    def sources(self) -> frozenset[str]:
        """The paths that these files have in the submission."""
        return frozenset(self._sources.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be told of the copying, cut short where there is much."""
        more = len(self._notes) - MAX_NOTES
        return (*self._notes[:MAX_NOTES], *([f"… and {more} more"] if more > 0 else []))

    def digest(self) -> str:
        """Return the SHA-256 over each copy's path, a NUL and the SHA-256 of its content, in order."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(file.encode() + b"\0" + self._hashes[file])
        return digest.hexdigest()

    def contents(self) -> str:
        """Return a SHA-256 over the contents alone: equal for the same work under other names."""
        return hashlib.sha256(b"".join(sorted(self._hashes.values()))).hexdigest()

    def leave(self, left_out: Mapping[str, str], notes: list[str]) -> None:
        """Take in what unpacking has left out already, and what it has to say."""
        for path, reason in left_out.items():
            self._leave(path, reason)
        self._notes += notes

    def take(self, path: Path) -> None:
        """Copy a folder with all below it, or one file; `path` itself must be no link.

        A folder that holds nothing but one folder is looked through: that one is the submission.
        """
        try:
            if stat.S_ISDIR(os.lstat(path).st_mode):
                with Folder.opened(str(path)) as folder:
                    self._tree(folder, PurePosixPath(), PurePosixPath())
            else:
                only = PurePosixPath(path.name)
                with self._noted(only), Folder.opened(os.path.realpath(path.parent)) as folder:
                    self._file(folder, only, PurePosixPath())
        except _Enough as reason:
            self.rest = str(reason)
            self._notes.append(f"the rest is left out: {reason}")
        self._drop_outside_links()

    def _tree(self, folder: Folder, source: PurePosixPath, below: PurePosixPath) -> None:
        """Copy the folder `source` of the submission to the folder `below` of the copy."""
        files, folders = self._listed(folder, source)
        # Files before folders, so that heaps of junk further down cannot keep out what lies on top.
        for name in files:
            with self._noted(source / name):
                self._file(folder, source / name, below)
        for name in folders:
            with self._noted(source / name), Folder.opened(name, folder) as child:
                if len((source / name).parts) > MAX_DEPTH:
                    raise LeftOut(f"more than {MAX_DEPTH} folders deep")
                only = below == PurePosixPath() and not files and len(folders) == 1
                if only and not child.holds("__init__.py"):
                    self._tree(child, source / name, below)
                    continue
                target = self._free(source / name, below)
                with ours():
                    (self._into / target).mkdir()
                    (self._into / target).chmod(0o755)
                self._tree(child, source / name, target)

    def _listed(self, folder: Folder, source: PurePosixPath) -> tuple[list[str], list[str]]:
        """Return the names of files and folders that are to be copied."""
        files, folders = folder.names(MAX_NAMES + 1 - self._names)
        self._names += len(files) + len(folders)
        if self._names > MAX_NAMES and not self.rest:
            self.rest = f"the submission holds more than {MAX_NAMES} names"
            self._notes.append(f"{self.rest}: some are left out")
        self.left_out |= {str(source / name): IGNORED for name in (*files, *folders) if is_ignored(name)}
        return [n for n in files if not is_ignored(n)], [n for n in folders if not is_ignored(n)]

    def _file(self, folder: Folder, source: PurePosixPath, below: PurePosixPath) -> None:
        content, status = folder.read(source.name)
        if len(self._hashes) >= MAX_FILES:
            raise _Enough(f"more than {MAX_FILES} files")
        if self._bytes + len(content) > MAX_BYTES:
            raise LeftOut(f"the submission is larger than {mib(MAX_BYTES)} in all")
        target = self._free(source, below)
        with ours():
            with (self._into / target).open("xb") as file:
                file.write(content)
            (self._into / target).chmod(0o644)
        self._bytes += len(content)
        self._hashes[str(target)] = hashlib.sha256(content).digest()
        self._sources[str(target)] = str(source)
        if is_archive(source.name):
            self._notes.append(f"{printable(str(source))}: an archive within the work, which is not unpacked")
        if status.st_nlink > 1:
            linked = self._linked.setdefault((status.st_dev, status.st_ino), _Linked(status.st_nlink))
            linked.copies.append(str(target))

    def _free(self, source: PurePosixPath, below: PurePosixPath) -> PurePosixPath:
        """Return where to copy to: under a name that can be printed or imported, and is not taken by another."""
        clean = with_plain_ending(clean_name(source.name))
        if clean == source.name:
            return below / clean
        plain = wanted = below / clean
        # Goes on where the last of this name was found, since thousands may become the same.
        number = self._numbers.get(plain, 1)
        while (self._into / wanted).exists():
            number += 1
            wanted = plain.with_name(f"{plain.stem}-{number}{plain.suffix}")
        self._numbers[plain] = number
        self._notes.append(f"{printable(str(source))}: copied as {wanted}")
        return wanted

    def _drop_outside_links(self) -> None:
        """Leave out hard links to files that also lie elsewhere: they may not be the student's to hand in."""
        for linked in self._linked.values():
            if linked.names > len(linked.copies):
                for copy in linked.copies:
                    (self._into / copy).unlink()
                    del self._hashes[copy]
                    reason = "a hard link that also lies outside: hand in a copy"
                    self._leave(self._sources.pop(copy), reason)

    def _leave(self, path: str, reason: str) -> None:
        self.left_out[path] = reason
        if reason != IGNORED:
            self._notes.append(f"{printable(path)}: left out, {reason}")

    @contextmanager
    def _noted(self, source: PurePosixPath) -> Iterator[None]:
        """Turn what keeps one name from being copied into a note."""
        try:
            yield
        except LeftOut as reason:
            self._leave(str(source), str(reason))
        except OSError as error:
            if is_machines(error):
                raise failed_copy(error) from error
            self._leave(str(source), f"cannot be copied ({error.strerror})")
