"""What an earlier run found in hand-ins that have not changed since, so that a class is scanned quickly.

A hand-in counts as unchanged if the system reports the same for each of its files: path, kind, size, number (inode),
and the times of the last write and the last change. Only the system can set the latter (`ctime`).
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from grader.core.files import write_whole
from grader.intake.bounds import MAX_DEPTH, MAX_NAMES
from grader.intake.stage import Joined, Place, Staged

# Two writes to a file within one tick of the file system's clock look the same.
_TICK_SECONDS = 2.0


@dataclass(frozen=True)
class Seen:
    """What was found in a hand-in: its files, or the problem with it; whose answer sheet is in it."""

    staged: Staged | None = None
    problem: str = ""
    sheet_of: str = ""


class Memory:
    """What was found in hand-ins, by the state of their files; `about` is everything else that it depends on."""

    def __init__(self, file: Path | None = None, about: str = "") -> None:
        """Load what is in `file`, if the same grader wrote it about the same."""
        self._file = file
        self._about = f"{_code()} {about}"
        self._before = _read(file, self._about)
        self._now: dict[str, Any] = {}

    def of(self, place: Place, look: Callable[[], Seen]) -> Seen:
        """Return what was found in a hand-in, or what `look` finds now."""
        key = _signature(place)
        if key is not None and key in self._before:
            self._now[key] = self._before[key]
            return _seen(self._before[key])
        seen = look()
        if key is not None and key == _signature(place):
            self._now[key] = _as_data(seen)
        return seen

    def facts(self, path: Path, find: Callable[[], tuple[str, str]]) -> tuple[str, str]:
        """Return two facts about a file, as they were found before or as `find` finds them now."""
        signature = _signature(path)
        key = f"facts {signature}"
        first, second = self._before[key] if key in self._before else find()
        if signature is not None:
            self._now[key] = [first, second]
        return first, second

    def keep(self) -> None:
        """Write what was found, for the next run."""
        if self._file is not None and self._now != self._before:
            write_whole(self._file, json.dumps({"about": self._about, "found": self._now}))


def _signature(place: Place) -> str | None:
    """Return a digest of the state of all files of a hand-in; None if it might miss a change.

    Hand-ins that are deeper, or have more names, than allowed are not remembered.
    """
    digest = hashlib.sha256(str(place).encode(errors="surrogateescape"))
    waiting = [(str(path), 0) for path in (place.paths if isinstance(place, Joined) else (place,))]
    latest = number = 0
    try:
        while waiting:
            path, depth = waiting.pop()
            status = os.lstat(path)
            latest, number = max(latest, status.st_ctime_ns), number + 1
            what = (status.st_mode, status.st_size, status.st_ino, status.st_nlink)
            when = (status.st_mtime_ns, status.st_ctime_ns)
            digest.update(f"{path}\0{what} {when}\n".encode(errors="surrogateescape"))
            if stat.S_ISDIR(status.st_mode):
                waiting += [(f"{path}/{name}", depth + 1) for name in sorted(os.listdir(path))]
            if depth > MAX_DEPTH or number + len(waiting) > MAX_NAMES:
                return None
    except OSError:
        return None
    return digest.hexdigest() if latest < time.time_ns() - _TICK_SECONDS * 1e9 else None


def _as_data(seen: Seen) -> dict[str, Any]:
    staged = asdict(seen.staged) | {"sources": sorted(seen.staged.sources)} if seen.staged else None
    return {"staged": staged, "problem": seen.problem, "sheet_of": seen.sheet_of}


def _seen(data: Mapping[str, Any]) -> Seen:
    told = data["staged"]
    staged = told and Staged(**{
        **told, "files": tuple(told["files"]), "notes": tuple(told["notes"]), "sources": frozenset(told["sources"]),
    })  # fmt: skip
    return Seen(staged, data["problem"], data["sheet_of"])


def _read(file: Path | None, about: str) -> dict[str, Any]:
    try:
        told = json.loads(file.read_bytes()) if file else {}
        found = told["found"] if told.get("about") == about else {}
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


@cache
def _code() -> str:
    """Return a digest of the code that examines hand-ins: another version may find something else."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.rglob("*.py")))).hexdigest()
