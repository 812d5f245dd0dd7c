"""Copies what strangers wrote: bounded, ordinary files only, by descriptors that follow no link.

Where the system can open names relative to a folder's descriptor (Linux, macOS), a folder that is
exchanged for a link while it is copied leads nowhere. What is left out is noted with the reason.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from grader.submission.names import SOURCES, clean_name, is_ignored
from grader.text import printable

MAX_FILE_BYTES = 8 * 1024**2
MAX_BYTES = 64 * 1024**2
MAX_FILES = 1_000
MAX_NAMES = 100_000  # looked at, in all folders together
MAX_DEPTH = 20
MAX_NOTES = 50

_RELATIVE = os.open in os.supports_dir_fd and os.stat in os.supports_dir_fd and os.scandir in os.supports_fd
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
# Non-blocking, because a name that was a file a moment ago may be a pipe when it is opened.
_FILE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_FILE |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class _LeftOut(Exception):
    """One file or folder is not copied, for the reason given."""


class _Enough(Exception):
    """Nothing more is copied, for the reason given."""


@dataclass(frozen=True)
class _Folder:
    """A folder of the submission: by its descriptor where the system can, else by its path."""

    path: str
    descriptor: int | None

    @classmethod
    @contextmanager
    def opened(cls, name: str, parent: _Folder | None = None) -> Iterator[_Folder]:
        path = parent.at(name) if parent else name
        if not _RELATIVE:
            if not stat.S_ISDIR(os.lstat(path).st_mode):
                raise NotADirectoryError(path)
            yield cls(path, None)
            return
        descriptor = os.open(path, os.O_RDONLY | _FOLDER, dir_fd=parent.descriptor if parent else None)
        try:
            yield cls(path, descriptor)
        finally:
            os.close(descriptor)

    def at(self, name: str) -> str:
        """Return the name as it is opened from here."""
        return name if self.descriptor is not None else os.path.join(self.path, name)

    def names(self, limit: int) -> tuple[list[str], list[str]]:
        """Return at most `limit` names of files (and other things) and of folders, sources first, sorted."""
        files: list[str] = []
        folders: list[str] = []
        with os.scandir(self.path if self.descriptor is None else self.descriptor) as entries:
            for entry in islice(entries, limit):
                (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
        files.sort(key=lambda name: (PurePosixPath(name).suffix not in SOURCES, name))
        return files, sorted(folders)

    def read(self, name: str) -> tuple[bytes, os.stat_result]:
        """Return content and status of an ordinary file of at most `MAX_FILE_BYTES`."""
        status = os.stat(self.at(name), dir_fd=self.descriptor, follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            raise _LeftOut("a symbolic link, which is never followed")
        if not stat.S_ISREG(status.st_mode):
            raise _LeftOut("no ordinary file (a pipe, socket or device)")
        with os.fdopen(os.open(self.at(name), os.O_RDONLY | _FILE, dir_fd=self.descriptor), "rb") as file:
            if not os.path.samestat(os.fstat(file.fileno()), status):
                raise _LeftOut("exchanged while it was copied")
            content = file.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise _LeftOut(f"larger than {MAX_FILE_BYTES // 1024**2} MiB")
        return content, status


@dataclass
class _Linked:
    """A file with several names: how many there are, and the copies made of those in the submission."""

    names: int
    copies: list[str] = field(default_factory=list)


class Copy:
    """The copying of one submission into the empty folder `into`; `notes` tell what was left out."""

    def __init__(self, into: Path) -> None:
        self.notes: list[str] = []
        self._into = into
        self._hashes: dict[str, bytes] = {}
        self._linked: dict[tuple[int, int], _Linked] = {}
        self._bytes = 0
        self._names = 0

    @property
    def files(self) -> tuple[str, ...]:
        """POSIX paths of the copies, sorted."""
        return tuple(sorted(self._hashes))

    def digest(self) -> str:
        """Return the SHA-256 over each copy's path, a NUL and the SHA-256 of its content, in order."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(file.encode() + b"\0" + self._hashes[file])
        return digest.hexdigest()

    def take(self, path: Path) -> None:
        """Copy a folder with all below it, or one file; `path` itself must be no link."""
        try:
            if stat.S_ISDIR(os.lstat(path).st_mode):
                with _Folder.opened(str(path)) as folder:
                    self._tree(folder, PurePosixPath())
            else:
                with self._noted(PurePosixPath(path.name)), _Folder.opened(os.path.realpath(path.parent)) as folder:
                    self._file(folder, path.name, PurePosixPath())
        except _Enough as reason:
            self.notes.append(f"the rest is left out: {reason}")
        self._drop_outside_links()
        if len(self.notes) > MAX_NOTES:
            self.notes[MAX_NOTES:] = [f"… and {len(self.notes) - MAX_NOTES} more"]

    def _tree(self, folder: _Folder, below: PurePosixPath) -> None:
        files, folders = folder.names(MAX_NAMES + 1 - self._names)
        self._names += len(files) + len(folders)
        if self._names > MAX_NAMES:
            self.notes.append(f"the submission holds more than {MAX_NAMES} names: some are left out")
        # Files before folders, so that heaps of junk further down cannot keep out what lies on top.
        for name in (n for n in files if not is_ignored(n)):
            with self._noted(below / name):
                self._file(folder, name, below)
        for name in (n for n in folders if not is_ignored(n)):
            with self._noted(below / name), _Folder.opened(name, folder) as child:
                target = self._free(below, name)
                if len(target.parts) > MAX_DEPTH:
                    raise _LeftOut(f"more than {MAX_DEPTH} folders deep")
                (self._into / target).mkdir()
                (self._into / target).chmod(0o755)
                self._tree(child, target)

    def _file(self, folder: _Folder, name: str, below: PurePosixPath) -> None:
        content, status = folder.read(name)
        if len(self._hashes) >= MAX_FILES:
            raise _Enough(f"more than {MAX_FILES} files")
        if self._bytes + len(content) > MAX_BYTES:
            raise _LeftOut(f"the submission is larger than {MAX_BYTES // 1024**2} MiB in all")
        target = self._free(below, name)
        with (self._into / target).open("xb") as file:
            file.write(content)
        (self._into / target).chmod(0o644)
        self._bytes += len(content)
        self._hashes[str(target)] = hashlib.sha256(content).digest()
        if status.st_nlink > 1:
            linked = self._linked.setdefault((status.st_dev, status.st_ino), _Linked(status.st_nlink))
            linked.copies.append(str(target))

    def _free(self, below: PurePosixPath, name: str) -> PurePosixPath:
        """Return where to copy to: under a name that can be printed and is not taken by another."""
        clean = clean_name(name)
        if clean == name:
            return below / name
        wanted, number = below / clean, 2
        while (self._into / wanted).exists():
            wanted = below / f"{PurePosixPath(clean).stem}-{number}{PurePosixPath(clean).suffix}"
            number += 1
        self.notes.append(f"{printable(str(below / name))}: copied as {wanted}")
        return wanted

    def _drop_outside_links(self) -> None:
        """Leave out hard links to files that also lie elsewhere: they may not be the student's to hand in."""
        for linked in self._linked.values():
            if linked.names > len(linked.copies):
                for copy in linked.copies:
                    (self._into / copy).unlink()
                    del self._hashes[copy]
                    self.notes.append(f"{copy}: left out, a hard link that also lies outside: hand in a copy")

    @contextmanager
    def _noted(self, name: PurePosixPath) -> Iterator[None]:
        """Turn what keeps one name from being copied into a note."""
        try:
            yield
        except _LeftOut as reason:
            self.notes.append(f"{printable(str(name))}: left out, {reason}")
        except OSError as error:
            self.notes.append(f"{printable(str(name))}: left out, cannot be copied ({error.strerror})")
