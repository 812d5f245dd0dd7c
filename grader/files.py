"""Files of ours, written and removed so that no crash leaves half of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from grader.errors import UsageError


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it is never seen half written, also not after a crash.

    Raises UsageError where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, content)
    except OSError as error:
        raise UsageError("this file cannot be written", where=path, found=error.strerror) from error


def remove_whole(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if it is there.

    Raises UsageError where that cannot be done.
    """
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError("this cannot be removed", where=path, found=error.strerror) from error


def _replace(path: Path, content: str | bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with open(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
