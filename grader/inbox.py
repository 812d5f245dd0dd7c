"""inbox.csv: everything that lies in an inbox, and what became of it. Nothing handed in is ever lost."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from grader.class_list import Row
from grader.files import write_whole
from grader.spreadsheet import inert_csv
from grader.submission.bounds import MAX_DEPTH, MAX_NAMES, LeftOut
from grader.submission.folder import Folder
from grader.submission.names import INSIDE, is_archive
from grader.submission.stage import Joined, Staged
from grader.submission.survey import HandIn
from grader.text import listed, printable

COLUMNS = ("path", "kind", "bytes", "sha256", "student", "submission", "status", "reason")
_MAX_HASHED = 1024**3
_HIDDEN = "hidden files are not graded: rename it if it is work"

_LATER = "it came after grading had begun: the next run grades it"


@dataclass(frozen=True)
class Line:
    """One line of inbox.csv. `status` is graded, refused, not graded, not taken or hidden.

    A `member` of an archive is named by the archive's path and its own, which a stranger has chosen.
    """

    path: str
    status: str
    reason: str
    hand_in: HandIn | None = None
    member: bool = False

    def cells(self, inbox: Path) -> list[str]:
        """Return the cells of the line; size and SHA-256 are those of an ordinary file."""
        student, submission = (self.hand_in.student, self.hand_in.name) if self.hand_in else ("", "")
        about = ("member of an archive", "", "") if self.member else _about(inbox / self.path)
        return [printable(self.path, limit=5_000), *about, student, submission, self.status, self.reason]


def write_inbox(inbox: Path, hand_ins: Sequence[HandIn], rows: Mapping[str, Row], path: Path) -> None:
    """Write inbox.csv: a line for each thing that lies directly in the inbox, and one for each below it that was not
    taken into a graded submission, also for such members of archives. `rows` tell what became of each hand-in.
    """
    lines = [line.cells(inbox) for line in account(inbox, hand_ins, rows)]
    write_whole(path, inert_csv([COLUMNS, *lines]))


def account(inbox: Path, hand_ins: Sequence[HandIn], rows: Mapping[str, Row]) -> Iterator[Line]:
    """Yield the lines of inbox.csv, sorted by path below each thing that lies directly in the inbox."""
    by_path = {path: hand_in for hand_in in hand_ins for path in _paths(hand_in)}
    for child in sorted(inbox.iterdir()):
        own = by_path.get(child)
        below, all_of_it = _below(child)
        if own is None:
            status, reason = ("hidden", _HIDDEN) if child.name.startswith(".") else ("not graded", _LATER)
            yield Line(child.name, status, reason)
            yield from (Line(_relative(path, inbox), status, reason) for path in below)
        else:
            yield _whole(child, own, rows, inbox)
            for path in below:
                yield from _left(path, own, rows, inbox)
            yield from _members(child, own, inbox)
        if not all_of_it:
            yield Line(f"{child.name}/…", "not taken", f"more than {MAX_NAMES} names: the others are not listed", own)


def _paths(hand_in: HandIn) -> tuple[Path, ...]:
    return hand_in.path.paths if isinstance(hand_in.path, Joined) else (hand_in.path,)


def _whole(path: Path, hand_in: HandIn, rows: Mapping[str, Row], inbox: Path) -> Line:
    row = rows[hand_in.name]
    status = "graded" if row.result else "refused" if hand_in.problem and not hand_in.fault else "not graded"
    others = [printable(other.name) for other in _paths(hand_in) if other != path]
    together = [f"one hand-in with {listed(others)}"] if others else []
    reason = "; ".join([*([row.remark] if not row.result else []), *together, *hand_in.remarks])
    here = _relative(path, inbox)
    if row.result and path.is_file() and others and _inside(path, hand_in) not in _staged(hand_in).sources:
        return Line(here, "not taken", _reason(_inside(path, hand_in), hand_in), hand_in)
    return Line(here, status, reason, hand_in)


def _left(path: Path, own: HandIn, rows: Mapping[str, Row], inbox: Path) -> Iterator[Line]:
    """Yield the line of what lies in a folder, unless it was graded with it."""
    here, inside = _relative(path, inbox), _inside(path, own)
    if own.staged is None or rows[own.name].result is None:
        yield Line(here, "not graded" if own.staged else "refused", f"as all of {printable(own.name)}", own)
    elif inside not in own.staged.sources:
        yield Line(here, "not taken", _reason(inside, own), own)


def _inside(path: Path, own: HandIn) -> str:
    """Return the path that something has within its hand-in."""
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


def _members(path: Path, own: HandIn, inbox: Path) -> Iterator[Line]:
    """Yield a line for each member of an archive that was not taken, also of archives in a folder."""
    here = _relative(path, inbox)
    before = "" if isinstance(own.path, Joined) else f"{here}/" if path.is_dir() else f"{here}{INSIDE}/"
    for name, reason in sorted(own.staged.left_out.items()) if own.staged else ():
        *around, _ = (before + name).split("/")
        of_this = before or around[:1] in ([path.name], [path.name + INSIDE])
        if of_this and any(part.endswith(INSIDE) and is_archive(part.removesuffix(INSIDE)) for part in around):
            yield Line(before + name, "not taken", reason, own, member=True)


def _below(folder: Path) -> tuple[list[Path], bool]:
    """Return everything below a folder that is not a folder itself, sorted, and whether that is all.

    No link is followed. As when a submission is copied, no folder that lies too deep is looked into, so that it is
    listed itself, and no more names are looked at than a submission may hold.
    """
    found: list[Path] = []
    waiting, looked_at = [(folder, 0)], 0
    while waiting and looked_at <= MAX_NAMES:
        path, depth = waiting.pop()
        try:
            is_folder = stat.S_ISDIR(os.lstat(path).st_mode)
            inside = [*path.iterdir()] if is_folder and depth <= MAX_DEPTH else None
        except OSError:  # gone since, or closed to us
            inside = None
        if inside is not None:
            looked_at += len(inside)
            waiting += [(child, depth + 1) for child in sorted(inside, reverse=True)]
        elif depth:
            found.append(path)
    return found, not waiting


def _about(path: Path) -> tuple[str, str, str]:
    """Return kind, size and SHA-256 of what lies at a path; the last two only of an ordinary file."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return "gone since", "", ""
    if not stat.S_ISREG(mode):
        return "folder" if stat.S_ISDIR(mode) else "link" if stat.S_ISLNK(mode) else "no ordinary file", "", ""
    try:
        with Folder.opened(os.path.realpath(path.parent)) as folder, folder.file(path.name) as (file, status):
            small = status.st_size <= _MAX_HASHED
            return "file", str(status.st_size), _sha256(file) if small else ""
    except (OSError, LeftOut):
        return "file that cannot be read", "", ""


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(1024**2):
        digest.update(chunk)
    return digest.hexdigest()


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
