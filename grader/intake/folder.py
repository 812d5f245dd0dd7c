"""Strangers' folders and files, opened by descriptors that follow no link.

If the system can open names relative to a folder's descriptor (Linux, macOS), replacing a folder by a link while it is
read has no effect.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from grader.intake.bounds import LeftOut, mib, most_bytes
from grader.intake.names import is_source

_RELATIVE = os.open in os.supports_dir_fd and os.stat in os.supports_dir_fd and os.scandir in os.supports_fd
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
# Non-blocking, because a name that was a file a moment ago may be a pipe when it is opened.
_FILE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_FILE |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True)
class Folder:
    """A folder of the submission: by its descriptor if the system supports that, else by its path."""

    path: str
    descriptor: int | None

    @classmethod
    @contextmanager
    def opened(cls, name: str, parent: Folder | None = None) -> Iterator[Folder]:
        """Open a folder, below `parent` if that is given; raises OSError for anything else, including a link."""
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
        """Return the name to use for opening something from here."""
        return name if self.descriptor is not None else os.path.join(self.path, name)

    def names(self, limit: int) -> tuple[list[str], list[str]]:
        """Return at most `limit` names of files (and other things) and of folders, sources first, sorted."""
        files: list[str] = []
        folders: list[str] = []
        with os.scandir(self.path if self.descriptor is None else self.descriptor) as entries:
            for entry in islice(entries, limit):
                (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
        files.sort(key=lambda name: (not is_source(name), name))
        return files, sorted(folders)

    def holds(self, name: str) -> bool:
        """Return whether anything with that name exists here."""
        try:
            os.stat(self.at(name), dir_fd=self.descriptor, follow_symlinks=False)
        except OSError:
            return False
        return True

    @contextmanager
    def file(self, name: str) -> Iterator[tuple[BinaryIO, os.stat_result]]:
        """Open a regular file; raises LeftOut for anything else."""
        status = os.stat(self.at(name), dir_fd=self.descriptor, follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            raise LeftOut("a symbolic link, which is never followed")
        if not stat.S_ISREG(status.st_mode):
            raise LeftOut("not a regular file (a pipe, socket or device)")
        with os.fdopen(os.open(self.at(name), os.O_RDONLY | _FILE, dir_fd=self.descriptor), "rb") as file:
            if not os.path.samestat(os.fstat(file.fileno()), status):
                raise LeftOut("replaced while it was copied")
            yield file, status

    def read(self, name: str) -> tuple[bytes, os.stat_result]:
        """Return content and status of a regular file of at most `most_bytes(name)`."""
        most = most_bytes(name)
        with self.file(name) as (file, status):
            content = file.read(most + 1)
        if len(content) > most:
            raise LeftOut(f"larger than {mib(most)}")
        return content, status
