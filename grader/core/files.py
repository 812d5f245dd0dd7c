"""Writing and removing our files so that a crash never leaves half of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.core.errors import UsageError

UNFINISHED = ".writing-"  # the beginning of the name of a file or folder that is not complete yet
_LOCK = ".lock"


def write_whole(
    path: Path, content: str | bytes, unless: Callable[[], bool] = lambda: False, *, lasting: bool = True
) -> bool:
    """Write a file so that it is never seen half written, even after a crash; return whether it was written.

    `unless` is called at the last moment and can keep the existing file. One that need not be `lasting` at once may be
    empty after a crash of the machine before `make_lasting`, with which many files wait for the disk once. Raises
    UsageError if the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _replace(path, content, unless, lasting or not hasattr(os, "sync"))
    except OSError as error:
        raise UsageError("this file cannot be written", where=path, found=error.strerror) from error


def make_lasting() -> None:
    """Wait until everything that was written is on the disk."""
    if hasattr(os, "sync"):  # Windows does not have it
        os.sync()


def remove_whole(path: Path) -> None:
    """Remove a file, or a folder with everything in it, if it exists.

    Raises UsageError if that is not possible.
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
    """Keep other processes that call this from writing to a folder, which is created if it does not exist.

    The system releases the lock however the process ends. Raises UsageError if another process holds it.
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


def remove_unfinished(folder: Path, but: Path | None = None) -> None:
    """Remove files that a killed process was writing, in a locked folder and everything below it.

    The folders in `but` contain files of others, which may have any names.
    """
    for parent, folders, files in os.walk(folder):
        left = [name for name in (*folders, *files) if name.startswith(UNFINISHED)]
        for name in left:
            remove_whole(Path(parent, name))
        folders[:] = [] if but is not None and Path(parent) == but else [name for name in folders if name not in left]


def _lock(descriptor: int, folder: Path) -> None:
    try:
        import fcntl  # Windows does not have it, nor can it confine a submission
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
            todo="wait until it has ended, or choose another folder",
        ) from error
    except OSError as error:
        raise UsageError("this folder cannot be locked", where=folder, found=error.strerror) from error


def _replace(path: Path, content: str | bytes, unless: Callable[[], bool], lasting: bool) -> bool:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with open(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))
            if lasting:
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
