"""Exports as downloaded: an archive is unpacked beside the results, once; a folder is used as it is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.core.errors import UsageError
from grader.core.file_names import file_names
from grader.core.files import UNFINISHED, write_whole
from grader.core.text import printable
from grader.intake.discover import unique
from grader.intake.export import Export
from grader.intake.names import is_archive, is_other_archive, stem
from grader.intake.unpack import unpack_export

_EXPECTED = "a folder with a submission in each file or folder, or the .zip or .tar.gz of a learning platform"


def opened(inboxes: Sequence[Path], exports: Path) -> list[Export]:
    """Return the contents of each export, the oldest first. Archives are unpacked below the folder `exports`.

    One that has not changed since an earlier run is not unpacked again. Raises UsageError for what is not an export.
    """
    found: list[Export] = []
    for path in inboxes:
        export = _unpacked(path, exports) if _is_packed(path) else Export.of(path)
        called = unique(stem(path.resolve().name), {one.called for one in found}) if len(inboxes) > 1 else ""
        found.append(replace(export, called=called))
    return found


def _is_packed(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise UsageError("this is not an inbox", where=printable(str(path)), found=found, expected=_EXPECTED) from error
    if stat.S_ISDIR(mode):
        return False
    if not stat.S_ISREG(mode) or not is_archive(path.name):
        todo = "unpack it and give the folder" if is_other_archive(path.name) else None
        found = "a file that is not an archive of these kinds"
        raise UsageError("this is not an inbox", where=printable(str(path)), found=found, expected=_EXPECTED, todo=todo)
    return True


def _unpacked(path: Path, exports: Path) -> Export:
    name = _name(path)
    folder, record = exports / name, exports / f"{name}.json"
    status = path.stat()
    facts = {"bytes": status.st_size, "modified": status.st_mtime_ns}
    known = _read(record)
    if known.get("archive") != facts or not folder.is_dir():
        known = {"archive": facts, "left_out": _unpack(path, folder)}
        write_whole(record, json.dumps(known))
    return replace(Export.of(folder, unpacked=True), left_out=known["left_out"])


def _name(path: Path) -> str:
    """Return the name of an archive's folder: Canvas gives the exports of every day the same name."""
    whole = path.resolve()
    (name,) = file_names([stem(whole.name)]).values()
    return f"{name}-{hashlib.sha256(str(whole).encode(errors='surrogateescape')).hexdigest()[:8]}"


def _unpack(path: Path, folder: Path) -> dict[str, str]:
    """Unpack an archive beside its folder, then replace the folder as a whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=UNFINISHED))
    try:
        left_out = unpack_export(path, beside)
        _take_back(beside)
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return left_out


def _take_back(folder: Path) -> None:
    """Take ownership of what a process with another user's rights has written, so that only we can change it."""
    for parent, folders, files in os.walk(folder):
        os.chmod(parent, 0o755)
        for name in (*folders, *files):
            if hasattr(os, "getuid"):
                os.chown(os.path.join(parent, name), os.getuid(), os.getgid(), follow_symlinks=False)
    if hasattr(os, "getuid"):
        os.chown(folder, os.getuid(), os.getgid())


def _read(record: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        told = json.loads(record.read_bytes())
        if isinstance(told, dict) and isinstance(told.get("left_out"), dict):
            return told
    return {}
