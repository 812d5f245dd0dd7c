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
from grader.submission.bounds import LeftOut
from grader.submission.folder import Folder
from grader.submission.names import is_archive
from grader.submission.survey import HandIn
from grader.text import printable

COLUMNS = ("path", "kind", "bytes", "sha256", "student", "submission", "status", "reason")
_MAX_HASHED = 1024**3
_HIDDEN = "hidden files are not graded: rename it if it is work"

_LISTED = "what is graded of it is listed below it"


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
    by_path = {hand_in.path: hand_in for hand_in in hand_ins}
    for child in sorted(inbox.iterdir()):
        own = by_path.get(child)
        if own is None and child.name.startswith("."):
            yield Line(child.name, "hidden", _HIDDEN)
            yield from (Line(_relative(path, inbox), "hidden", _HIDDEN) for path in _below(child))
            continue
        yield _whole(own, rows, inbox) if own else Line(child.name, "not taken", _LISTED)
        for path in _below(child):
            inner = by_path.get(path)
            if inner is not None:
                yield _whole(inner, rows, inbox)
                yield from _members(inner, inbox)
            else:
                yield from _left(path, own, rows, inbox)
        if own is not None and is_archive(child.name) and not child.is_dir():
            yield from _members(own, inbox)


def _whole(hand_in: HandIn, rows: Mapping[str, Row], inbox: Path) -> Line:
    row = rows[hand_in.name]
    status = "graded" if row.result else "refused" if hand_in.problem and not hand_in.fault else "not graded"
    reason = "; ".join([*([row.remark] if not row.result else []), *hand_in.remarks])
    return Line(_relative(hand_in.path, inbox), status, reason, hand_in)


def _left(path: Path, own: HandIn | None, rows: Mapping[str, Row], inbox: Path) -> Iterator[Line]:
    """Yield the line of what lies in a folder, unless it was graded with it."""
    here = _relative(path, inbox)
    if own is None:
        yield Line(here, "not taken", "it lies beside the archive that was handed in")
    elif own.staged is None or rows[own.name].result is None:
        yield Line(here, "not graded" if own.staged else "refused", f"as all of {printable(own.name)}", own)
    elif _relative(path, own.path) not in own.staged.sources:
        yield Line(here, "not taken", _reason(_relative(path, own.path), own), own)


def _reason(path: str, own: HandIn) -> str:
    """Return why a path was not taken: it, or a folder around it, was left out."""
    assert own.staged is not None
    parts = path.split("/")
    around = ("/".join(parts[:length]) for length in range(len(parts), 0, -1))
    known = (own.staged.left_out[name] for name in around if name in own.staged.left_out)
    return next(known, own.staged.rest)


def _members(hand_in: HandIn, inbox: Path) -> Iterator[Line]:
    """Yield a line for each member of an archive that was not taken."""
    for name, reason in sorted(hand_in.staged.left_out.items()) if hand_in.staged else ():
        yield Line(f"{_relative(hand_in.path, inbox)}!/{name}", "not taken", reason, hand_in, member=True)


def _below(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder that is no folder itself, sorted, no link followed.

    A folder that cannot be looked into, such as one whose path is longer than the system takes, is yielded instead.
    """
    if folder.is_symlink() or not folder.is_dir():
        return
    waiting = [folder]
    while waiting:  # however deep a stranger has made it
        parent = waiting.pop()
        try:
            with os.scandir(parent) as entries:
                found = [(parent / entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        except OSError:
            yield from [parent] * (parent != folder)
            continue
        yield from sorted(path for path, is_folder in found if not is_folder)
        waiting += sorted((path for path, is_folder in found if is_folder), reverse=True)


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
