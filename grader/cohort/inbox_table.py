"""inbox.csv: everything in an inbox, and what became of it. Nothing that was handed in is ever lost."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from grader.core.files import write_whole
from grader.core.spreadsheet import inert_csv
from grader.core.text import listed, printable
from grader.intake.bounds import MAX_DEPTH, MAX_NAMES, LeftOut
from grader.intake.export import Export
from grader.intake.folder import Folder
from grader.intake.names import INSIDE, is_archive
from grader.intake.remembered import Memory
from grader.intake.stage import Joined, Place, Staged
from grader.intake.survey import HandIn
from grader.results.class_list import Row

COLUMNS = ("path", "kind", "bytes", "sha256", "student", "submission", "status", "reason")
_MAX_HASHED = 1024**3
_HIDDEN = "hidden files are not graded: rename it if it is work"
_PLATFORMS = "the platform's own list of who handed in what"
_AGAIN = "the same hand-in as in an earlier export"
_LATER = "it came after grading had begun: the next run grades it"


@dataclass(frozen=True)
class InboxLine:
    """One line of inbox.csv. `status` is graded, refused, not graded, not taken or hidden.

    A `member` of an archive is named by the archive's path and its own, which a stranger has chosen.
    """

    path: str
    status: str
    reason: str
    hand_in: HandIn | None = None
    member: bool = False

    def cells(self, export: Export, memory: Memory) -> list[str]:
        """Return the cells of the line; size and SHA-256 are those of a regular file."""
        student, submission = (self.hand_in.student, self.hand_in.name) if self.hand_in else ("", "")
        about = ("member of an archive", "", "") if self.member else _about(export.root / self.path, memory)
        path = f"{export.called}/{self.path}" if export.called else self.path
        return [printable(path, limit=5_000), *about, student, submission, self.status, self.reason]


def write_inbox(
    exports: Sequence[Export], hand_ins: Sequence[HandIn], rows: Mapping[str, Row], memory: Memory, path: Path
) -> None:
    """Write inbox.csv.

    It has a line for each entry of an inbox, and one for everything below that was not part of a graded submission,
    including members of archives. `rows` says what became of each hand-in.
    """
    lines = [line.cells(export, memory) for export in exports for line in account(export, hand_ins, rows)]
    write_whole(path, inert_csv([COLUMNS, *lines]))


def account(export: Export, hand_ins: Sequence[HandIn], rows: Mapping[str, Row]) -> Iterator[InboxLine]:
    """Yield the lines of inbox.csv, sorted by path within each entry of the inbox."""
    by_path = {path: hand_in for hand_in in hand_ins for path in _paths(hand_in.path)}
    again = {path: hand_in for hand_in in hand_ins for place in hand_in.again for path in _paths(place)}
    inbox = export.root
    for child in _children(export):
        own = by_path.get(child)
        below, all_of_it = _below(child)
        here = _relative(child, inbox)
        if child in again:
            reason = f"{_AGAIN}: {printable(again[child].name)}"
            status = "graded" if rows[again[child].name].result else "not graded"
            yield InboxLine(here, status, reason, again[child])
        elif own is None:
            status, reason = _not_handed_in(child, export)
            yield InboxLine(here, status, reason)
            yield from (InboxLine(_relative(path, inbox), status, reason) for path in below)
        else:
            yield _whole(child, own, rows, inbox)
            for path in below:
                yield from _left(path, own, rows, inbox)
            yield from _members(child, own, inbox)
        if not all_of_it:
            yield InboxLine(f"{here}/…", "not taken", f"more than {MAX_NAMES} names: the others are not listed", own)
    yield from (InboxLine(name, "not taken", why, member=True) for name, why in sorted(export.left_out.items()))


def _children(export: Export) -> Iterator[Path]:
    """Yield the entries of an export, and what is beside the folder in it that is the export."""
    yield from sorted(export.folder.iterdir())
    for parent in export.folder.parents if export.folder != export.root else ():
        yield from (one for one in sorted(parent.iterdir()) if one not in (export.folder, *export.folder.parents))
        if parent == export.root:
            return


def _not_handed_in(child: Path, export: Export) -> tuple[str, str]:
    if child.name in export.own:
        return "not graded", _PLATFORMS
    return ("hidden", _HIDDEN) if child.name.startswith(".") else ("not graded", _LATER)


def _paths(place: Place) -> tuple[Path, ...]:
    return place.paths if isinstance(place, Joined) else (place,)


def _whole(path: Path, hand_in: HandIn, rows: Mapping[str, Row], inbox: Path) -> InboxLine:
    row = rows[hand_in.name]
    status = "graded" if row.result else "refused" if hand_in.problem and not hand_in.fault else "not graded"
    others = [printable(other.name) for other in _paths(hand_in.path) if other != path]
    together = [f"one hand-in with {listed(others)}"] if others else []
    reason = "; ".join([*([row.remark] if not row.result else []), *together, *hand_in.remarks])
    here = _relative(path, inbox)
    if row.result and path.is_file() and others and _inside(path, hand_in) not in _staged(hand_in).sources:
        return InboxLine(here, "not taken", _reason(_inside(path, hand_in), hand_in), hand_in)
    return InboxLine(here, status, reason, hand_in)


def _left(path: Path, own: HandIn, rows: Mapping[str, Row], inbox: Path) -> Iterator[InboxLine]:
    """Yield the line of a file in a folder, unless it was graded with the folder."""
    here, inside = _relative(path, inbox), _inside(path, own)
    if own.staged is None or rows[own.name].result is None:
        yield InboxLine(here, "not graded" if own.staged else "refused", f"as all of {printable(own.name)}", own)
    elif inside not in own.staged.sources:
        yield InboxLine(here, "not taken", _reason(inside, own), own)


def _inside(path: Path, own: HandIn) -> str:
    """Return a path relative to its hand-in."""
    return _relative(path, own.path.paths[0].parent if isinstance(own.path, Joined) else own.path)


def _staged(own: HandIn) -> Staged:
    assert own.staged is not None
    return own.staged


def _reason(path: str, own: HandIn) -> str:
    """Return why a path was not taken: it, or a folder around it, was left out."""
    staged, parts = _staged(own), path.split("/")
    around = ("/".join(parts[:length]) for length in range(len(parts), 0, -1))
    known = (staged.left_out[name] for name in around if name in staged.left_out)
    return next(known, staged.rest)


def _members(path: Path, own: HandIn, inbox: Path) -> Iterator[InboxLine]:
    """Yield a line for each member of an archive that was not taken, including archives in a folder."""
    here = _relative(path, inbox)
    before = "" if isinstance(own.path, Joined) else f"{here}/" if path.is_dir() else f"{here}{INSIDE}/"
    for name, reason in sorted(own.staged.left_out.items()) if own.staged else ():
        *around, _ = (before + name).split("/")
        of_this = before or around[:1] in ([path.name], [path.name + INSIDE])
        if of_this and any(part.endswith(INSIDE) and is_archive(part.removesuffix(INSIDE)) for part in around):
            yield InboxLine(before + name, "not taken", reason, own, member=True)


def _below(folder: Path) -> tuple[list[Path], bool]:
    """Return everything below a folder that is not a folder itself, sorted, and whether that is all.

    Links are not followed. As when a submission is copied, a folder that is too deep is listed itself instead of
    searched, and no more names are examined than a submission may have.
    """
    found: list[Path] = []
    waiting, looked_at = [(folder, 0)], 0
    while waiting and looked_at <= MAX_NAMES:
        path, depth = waiting.pop()
        try:
            is_folder = stat.S_ISDIR(os.lstat(path).st_mode)
            inside = [*path.iterdir()] if is_folder and depth <= MAX_DEPTH else None
        except OSError:  # it no longer exists, or is not readable
            inside = None
        if inside is not None:
            looked_at += len(inside)
            waiting += [(child, depth + 1) for child in sorted(inside, reverse=True)]
        elif depth:
            found.append(path)
    return found, not waiting


def _about(path: Path, memory: Memory) -> tuple[str, str, str]:
    """Return kind, size and SHA-256 of what is at a path; the last two only for a regular file."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return "gone since", "", ""
    if not stat.S_ISREG(mode):
        return "folder" if stat.S_ISDIR(mode) else "link" if stat.S_ISLNK(mode) else "no ordinary file", "", ""
    try:
        size, sha256 = memory.facts(path, lambda: _size_and_sha256(path))
    except (OSError, LeftOut):
        return "file that cannot be read", "", ""
    return "file", size, sha256


def _size_and_sha256(path: Path) -> tuple[str, str]:
    with Folder.opened(os.path.realpath(path.parent)) as folder, folder.file(path.name) as (file, status):
        small = status.st_size <= _MAX_HASHED
        return str(status.st_size), _sha256(file) if small else ""


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(1024**2):
        digest.update(chunk)
    return digest.hexdigest()


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
