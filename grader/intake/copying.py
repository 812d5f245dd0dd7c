"""Copies what strangers wrote: bounded, regular files only; what is left out is reported with the reason."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from grader.core.errors import GraderFault
from grader.core.text import clean_name, printable
from grader.intake.bounds import (
    IGNORED,
    MAX_ARCHIVES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_FAILED,
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_NAMES,
    MAX_NESTED,
    MAX_NOTES,
    MAX_SEEN_BYTES,
    MAX_UNPACKED_BYTES,
    LeftOut,
    mib,
)
from grader.intake.folder import Folder
from grader.intake.names import INSIDE, NOTEBOOK, is_archive, is_ignored, stem, with_plain_ending
from grader.intake.unpack import Unpacked, unpacked_in, without_outputs

# Errors that a stranger's file cannot cause: no space, no descriptors, a failing disk.
MACHINES = frozenset({
    errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EROFS, errno.ESTALE,
    errno.EAGAIN, errno.ETIMEDOUT,
})  # fmt: skip


def is_machines(error: OSError) -> bool:
    """Return whether this machine failed, as opposed to a submission that cannot be read."""
    return error.errno in MACHINES


def failed_copy(error: OSError) -> GraderFault:
    """Return the error for a submission that cannot be copied completely: nothing of it may count as left out."""
    return GraderFault(
        "a submission could not be copied, which is not its fault",
        where=error.filename,
        found=error.strerror,
        todo="make room on the disk of the folder for temporary files (TMPDIR), and grade again",
    )


@contextmanager
def ours() -> Iterator[None]:
    """Convert an error of writing a copy into a fault of ours, unless the name is longer than the system allows."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise
        raise failed_copy(error) from error


def digest_of(hashes: Mapping[str, bytes]) -> str:
    """Return the digest of a submission: a SHA-256 over each file's path, a NUL and its content's hash, in order."""
    digest = hashlib.sha256()
    for file in sorted(hashes):
        digest.update(file.encode() + b"\0" + hashes[file])
    return digest.hexdigest()


class _Enough(Exception):
    """Nothing more is copied, for the reason given."""


@dataclass
class _Linked:
    """A file with several names: how many there are, and the copies made of those in the submission."""

    names: int
    copies: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Opened:
    """An archive of the submission, unpacked: its path there, where to copy it, where its files are now.

    The files go into a folder with the name `called`, or into none if that is empty.
    """

    source: PurePosixPath
    below: PurePosixPath
    called: str
    folder: Path

    @property
    def nested(self) -> int:
        """How many archives its files are nested in."""
        return sum(part.endswith(INSIDE) for part in self.source.parts)


class Copy:
    """The copying of one submission into the empty folder `into`; unpacked files exist as long as `scratch`.

    `left_out` gives the reason for each path of the submission (with `/` between folders and `!` after an archive's
    name) that was not accepted, including everything below it; `rest` is the reason for those that were not even
    examined.
    """

    def __init__(self, into: Path, scratch: ExitStack) -> None:
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
        self._archives: set[str] = set()
        self._waiting: deque[_Opened] = deque()
        self._scratch = scratch
        self._failed = 0
        self._to_unpack = MAX_UNPACKED_BYTES

    @property
    def files(self) -> tuple[str, ...]:
        """POSIX paths of the copies, sorted."""
        return tuple(sorted(self._hashes))

    @property
    def sources(self) -> frozenset[str]:
        """The paths that these files have in the submission, including those of the archives that they come from."""
        return frozenset(self._archives).union(self._sources.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes on the copying, shortened if there are many."""
        more = len(self._notes) - MAX_NOTES
        return (*self._notes[:MAX_NOTES], *([f"… and {more} more"] if more > 0 else []))

    def digest(self) -> str:
        """Return the SHA-256 over each copy's path, a NUL and the SHA-256 of its content, in order."""
        return digest_of(self._hashes)

    def contents(self) -> str:
        """Return a SHA-256 over the contents alone: equal for the same work under other names."""
        return hashlib.sha256(b"".join(sorted(self._hashes.values()))).hexdigest()

    def leave(self, left_out: Mapping[str, str], notes: list[str]) -> None:
        """Add what unpacking has already left out, and its notes."""
        for path, reason in left_out.items():
            self._leave(path, reason)
        self._notes += notes

    def take(self, path: Path, source: PurePosixPath | None = None, name: str = "") -> None:
        """Copy a folder with everything below it, or one file; `path` itself must not be a link.

        If a folder contains only one folder or archive, that one is taken as the submission. Archives inside are
        unpacked, each into a folder with its name. `source` is the path that the folder or file gets in the submission
        if it is one of several things handed in, and `name` what a file is called in the copy.
        """
        try:
            if stat.S_ISDIR(os.lstat(path).st_mode):
                with Folder.opened(str(path)) as folder:
                    self._tree(folder, source or PurePosixPath(), PurePosixPath(), top=True)
            else:
                only = source or PurePosixPath(path.name)
                with self._noted(only), Folder.opened(os.path.realpath(path.parent)) as folder:
                    self._member(folder, path.name, only, PurePosixPath(), name or path.name)
        except _Enough as reason:
            self._end_with(str(reason))

    def finish(self) -> None:
        """Copy what is in the archives that were found, and leave out links to files elsewhere."""
        try:
            while self._waiting:
                opened = self._waiting.popleft()
                below = opened.below
                if opened.called:
                    below = self._folder(opened.source, below, opened.called)
                with Folder.opened(str(opened.folder)) as folder:
                    self._tree(folder, opened.source, below, top=True, nested=opened.nested)
        except _Enough as reason:
            self._end_with(str(reason))
        self._drop_outside_links()

    def _end_with(self, reason: str) -> None:
        if not self.rest:
            self.rest = reason
            self._notes.append(f"the rest is left out: {reason}")

    def _tree(
        self, folder: Folder, source: PurePosixPath, below: PurePosixPath, *, top: bool = False, nested: int = 0
    ) -> None:
        """Copy the folder `source` of the submission to the folder `below` of the copy.

        At the `top`, a folder that contains only one folder or archive is skipped for that one. `nested` is the number
        of archives that it is in.
        """
        files, folders = self._listed(folder, source)
        alone = top and len(files) + len(folders) == 1
        # Files before folders, so that masses of junk further down cannot keep out what is at the top.
        for name in files:
            with self._noted(source / name):
                self._member(folder, name, source / name, below, name, alone=alone, nested=nested)
        for name in folders:
            with self._noted(source / name), Folder.opened(name, folder) as child:
                if len((source / name).parts) > MAX_DEPTH:
                    raise LeftOut(f"more than {MAX_DEPTH} folders deep")
                if alone and not child.holds("__init__.py"):
                    self._tree(child, source / name, below, top=True, nested=nested)
                    continue
                self._tree(child, source / name, self._folder(source / name, below, name), nested=nested)

    def _listed(self, folder: Folder, source: PurePosixPath) -> tuple[list[str], list[str]]:
        """Return the names of the files and folders to copy."""
        files, folders = folder.names(MAX_NAMES + 1 - self._names)
        self._names += len(files) + len(folders)
        if self._names > MAX_NAMES and not self.rest:
            self.rest = f"the submission contains more than {MAX_NAMES} names"
            self._notes.append(f"{self.rest}: some are left out")
        self.left_out |= {str(source / name): IGNORED for name in (*files, *folders) if is_ignored(name)}
        return [n for n in files if not is_ignored(n)], [n for n in folders if not is_ignored(n)]

    def _member(
        self, folder: Folder, name: str, source: PurePosixPath, below: PurePosixPath, called: str, *,
        alone: bool = False, nested: int = 0,
    ) -> None:  # fmt: skip
        """Copy one file; if it is an archive, unpack it, to copy its files after everything else."""
        if not is_archive(name):
            self._file(folder, name, source, below, called)
            return
        try:
            opened = self._open(folder, name, nested)
        except LeftOut as reason:
            self._failed += 1
            self._notes.append(f"{printable(str(source))}: this archive is not unpacked, {reason}")
            self._file(folder, name, source, below, called)
            return
        inside = source.with_name(source.name + INSIDE)
        self._to_unpack -= opened.bytes
        self._archives.add(str(source))
        self.leave({f"{inside}/{path}": reason for path, reason in opened.left_out.items()}, opened.notes)
        if not opened.sources:
            with suppress(LeftOut):  # code that opens the archive itself may want it as data
                self._file(folder, name, source, below, called)
        self._waiting.append(_Opened(inside, below, "" if alone else stem(called), opened.folder))

    def _open(self, folder: Folder, name: str, nested: int) -> Unpacked:
        """Unpack an archive of the submission, within what remains of the limits for all of them."""
        if nested >= MAX_NESTED:
            raise LeftOut(f"more than {MAX_NESTED} archives within each other")
        if len(self._archives) >= MAX_ARCHIVES or self._failed >= MAX_FAILED:
            raise LeftOut(f"more than {MAX_ARCHIVES} archives, or {MAX_FAILED} that cannot be unpacked")
        return self._scratch.enter_context(unpacked_in(folder, name, self._to_unpack))

    def _folder(self, source: PurePosixPath, below: PurePosixPath, called: str) -> PurePosixPath:
        target = self._free(source, below, called)
        with ours():
            (self._into / target).mkdir()
            (self._into / target).chmod(0o755)
        return target

    def _file(self, folder: Folder, name: str, source: PurePosixPath, below: PurePosixPath, called: str) -> None:
        content, status = self._content(folder, name, source)
        if len(self._hashes) >= MAX_FILES:
            raise _Enough(f"more than {MAX_FILES} files")
        if self._bytes + len(content) > MAX_BYTES:
            raise LeftOut(f"the submission is larger than {mib(MAX_BYTES)} in all")
        target = self._free(source, below, called)
        with ours():
            with (self._into / target).open("xb") as file:
                file.write(content)
            (self._into / target).chmod(0o644)
        self._bytes += len(content)
        self._hashes[str(target)] = hashlib.sha256(content).digest()
        self._sources[str(target)] = str(source)
        if status.st_nlink > 1:
            linked = self._linked.setdefault((status.st_dev, status.st_ino), _Linked(status.st_nlink))
            linked.copies.append(str(target))

    def _content(self, folder: Folder, name: str, source: PurePosixPath) -> tuple[bytes, os.stat_result]:
        """Return content and status of a file; of a large notebook, without some of its outputs."""
        if not name.lower().endswith(NOTEBOOK):
            return folder.read(name)
        with folder.file(name) as (file, status):
            if status.st_size <= MAX_FILE_BYTES:
                return folder.read(name)
            small, left_out = without_outputs(file, MAX_SEEN_BYTES)
        if left_out:
            larger = f"larger than {mib(MAX_SEEN_BYTES)}"
            self._notes.append(f"{printable(str(source))}: {larger}, copied without {left_out}")
        return small, status

    def _free(self, source: PurePosixPath, below: PurePosixPath, called: str) -> PurePosixPath:
        """Return where to copy a file: under a name that can be printed or imported and is not taken."""
        plain = wanted = below / with_plain_ending(clean_name(called))
        # Continues where the last file with this name was put, because thousands may get the same name.
        number = self._numbers.get(plain, 1)
        while (self._into / wanted).exists():
            number += 1
            wanted = plain.with_name(f"{plain.stem}-{number}{plain.suffix}")
        self._numbers[plain] = number
        if wanted.name != called:
            taken = f", because there is another {plain.name}" if wanted != plain and plain.name == called else ""
            self._notes.append(f"{printable(str(source))}: copied as {wanted}{taken}")
        return wanted

    def _drop_outside_links(self) -> None:
        """Leave out hard links to files that also exist elsewhere: they may not be the student's to hand in."""
        for linked in self._linked.values():
            if linked.names > len(linked.copies):
                for copy in linked.copies:
                    (self._into / copy).unlink()
                    del self._hashes[copy]
                    reason = "a hard link to a file that is also outside: hand in a copy"
                    self._leave(self._sources.pop(copy), reason)

    def _leave(self, path: str, reason: str) -> None:
        self.left_out[path] = reason
        if reason != IGNORED:
            self._notes.append(f"{printable(path)}: left out, {reason}")

    @contextmanager
    def _noted(self, source: PurePosixPath) -> Iterator[None]:
        """Convert what keeps one name from being copied into a note."""
        try:
            yield
        except LeftOut as reason:
            self._leave(str(source), str(reason))
        except OSError as error:
            if is_machines(error):
                raise failed_copy(error) from error
            self._leave(str(source), f"cannot be copied ({error.strerror})")
