"""Files of ours, written and removed so that no crash leaves half of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.errors import UsageError

_UNFINISHED = ".writing-"
_LOCK = ".lock"


def write_whole(path: Path, content: str | bytes, unless: Callable[[], bool] = lambda: False) -> bool:
    """Write a file so that it is never seen half written, also not after a crash; tell whether it was written.

    `unless` is asked at the last moment and can leave what is there as it is. Raises UsageError where the file cannot
    be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _replace(path, content, unless)
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


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep every other process that asks for it from writing to a folder, which is made if it is not there.

    The system gives the lock back however the process ends. Raises UsageError where another process has it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / _LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        raise UsageError("this folder cannot be written to", where=folder, found=error.strerror) from error
    with file:
        _lock(file.fileno(), folder)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed process has left of files that it was writing, in a locked folder and all below it."""
    for left in [*folder.rglob(f"{_UNFINISHED}*")]:
        remove_whole(left)


def _lock(descriptor: int, folder: Path) -> None:
    try:
        import fcntl  # Windows has none, and nothing that could confine a submission either
    except ModuleNotFoundError:
        return
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        other = (folder / _LOCK).read_text(encoding="utf-8").strip()
        raise UsageError(
            "another run of the grader is writing to this folder",
            where=folder,
            found=f"process {other}",
            todo="wait until it has ended, or name another folder",
        ) from error
    except OSError as error:
        raise UsageError("this folder cannot be locked", where=folder, found=error.strerror) from error


def _replace(path: Path, content: str | bytes, unless: Callable[[], bool]) -> bool:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
    try:
        with open(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        if unless():
            Path(beside).unlink()
            return False
        os.replace(beside, path)
        return True
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
