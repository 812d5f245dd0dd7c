"""The members of an archive on their way to a folder: makes names safe, counts bytes, reports duplicates."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from grader.intake.bounds import (
    IGNORED,
    MAX_ARCHIVE_BYTES,
    MAX_DEPTH,
    MAX_NAMES,
    MAX_NOTEBOOK_BYTES,
    MAX_NOTES,
    MAX_UNPACKED_BYTES,
    MAX_UNPACKED_FILES,
    LeftOut,
    mib,
    most_bytes,
)
from grader.intake.names import NOTEBOOK, is_archive, is_ignored, is_source

_LONGEST_NAME = 255
_LONGEST_TOLD = 300  # of a name that is left out, which may be megabytes long


class RefusedMember(Exception):
    """Nothing of the archive can be used, for the reason given."""


class Output:
    """The folder that members are written to, and notes on those that are not."""

    def __init__(self, limit: int = MAX_UNPACKED_BYTES, files: int = MAX_UNPACKED_FILES) -> None:
        self.left_out: dict[str, str] = {}
        self.notes: list[str] = []
        self.limit = limit
        self._most_files = files
        self.read = 0
        self._written: set[PurePosixPath] = set()
        self._folded: dict[str, str] = {}
        self._members = 0

    @property
    def sources(self) -> int:
        """How many scripts, notebooks and archives were written."""
        return sum(is_source(path.name) or is_archive(path.name) for path in self._written)

    def member(self, name: str, *, why_not: str, chunks: Iterator[bytes]) -> None:
        """Write one member; `why_not` says what keeps it from being a plain file that can be read."""
        self.count_member()
        try:
            path = safe_path(name)
            junk = next((i for i, part in enumerate(path.parts, 1) if is_ignored(part)), 0)
            if junk:
                self._leave("/".join(path.parts[:junk]), IGNORED)
                return
            if why_not:
                raise LeftOut(why_not)
            self._warn_of_doubles(path, name)
            self._write(path, chunks)
        except LeftOut as reason:
            self._leave(name, str(reason))

    def count_member(self) -> None:
        """Count a member, whatever it is; raises RefusedMember if there are too many."""
        self._members += 1
        if self._members > max(MAX_NAMES, self._most_files):
            raise RefusedMember(f"it contains more than {max(MAX_NAMES, self._most_files)} members")

    def _write(self, path: PurePosixPath, chunks: Iterator[bytes]) -> None:
        if len(self._written) >= self._most_files:
            raise RefusedMember(f"it contains more than {self._most_files} files")
        target = Path(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            file = target.open("wb")
        except OSError as error:  # a file instead of a folder, or a path that is too long
            raise LeftOut(f"cannot be unpacked ({error.strerror})") from error
        self._written.add(path)
        try:
            with file:
                self._fill(file, chunks, _most(target.name))
        except LeftOut:
            target.unlink()
            raise

    def _fill(self, file: IO[bytes], chunks: Iterator[bytes], most: int) -> None:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            self.read += len(chunk)
            if self.read > self.limit:
                raise too_much(self.limit)
            if size > most:
                raise LeftOut(f"larger than {mib(most)}")
            try:
                file.write(chunk)
            except OSError as error:
                sys.exit(f"cannot write: {error.strerror}")  # a full disk is not a fault of the archive

    def _warn_of_doubles(self, path: PurePosixPath, name: str) -> None:
        twin = self._folded.setdefault(str(path).casefold(), str(path))
        if path in self._written:
            self._note(f"{_told(name)!a}: is in the archive more than once, the last one counts")
        elif twin != str(path):
            self._note(f"{_told(name)!a}: differs from {_told(twin)!a} only in case, both are used")

    def _note(self, note: str) -> None:
        if len(self.notes) <= MAX_NOTES:
            self.notes.append(note)

    def _leave(self, name: str, reason: str) -> None:
        if len(self.left_out) < self._most_files:
            self.left_out[_told(name)] = reason


def _most(name: str) -> int:
    """Return how large a member of this name may be: a notebook loses its outputs, an archive is unpacked in turn."""
    if name.lower().endswith(NOTEBOOK):
        return MAX_NOTEBOOK_BYTES
    return MAX_ARCHIVE_BYTES if is_archive(name) else most_bytes(name)


def _told(name: str) -> str:
    return name if len(name) <= _LONGEST_TOLD else f"{name[:_LONGEST_TOLD]}…"


def safe_path(name: str) -> PurePosixPath:
    """Return a member's path below the archive; raises LeftOut for one that leads outside."""
    plain = name.replace("\\", "/")
    parts = [part for part in plain.split("/") if part not in {"", "."}]
    if plain.startswith("/") or re.match(r"[A-Za-z]:", plain):
        raise LeftOut("an absolute path")
    if ".." in parts:
        raise LeftOut("a path that leads out of the archive")
    if not parts or "\0" in name:
        raise LeftOut("not a valid file name")
    if len(parts) > MAX_DEPTH:
        raise LeftOut(f"more than {MAX_DEPTH} folders deep")
    if max(len(part.encode("utf-8", "surrogateescape")) for part in parts) > _LONGEST_NAME:
        raise LeftOut(f"a name longer than {_LONGEST_NAME} bytes")
    return PurePosixPath(*parts)


def damaged() -> RefusedMember:
    """Return the error for an archive that cannot be read to its end."""
    return RefusedMember("it is damaged, cut off, or not an archive")


def too_much(limit: int) -> RefusedMember:
    """Return the error for an archive that unpacks to more than is accepted, together with those before it."""
    return RefusedMember(f"it unpacks to more than {mib(max(limit, MAX_UNPACKED_BYTES))}")
