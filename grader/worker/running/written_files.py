"""Files that the student's code is asked to write, each into a new folder of its own."""

from __future__ import annotations

import itertools
import os
import shutil
import stat
import sys
import tempfile
import weakref
from pathlib import Path

FILE_LIMIT = 8 * 1024 * 1024
NAMES_LIMIT = 10_000  # in one folder; no work has more files


class Written:
    """Assigns paths below `root`, or below a temporary folder, and reads what was written there.

    `root` is the working folder in which student code starts; it may change it. If there is none, the working folder is
    the present one when it is listed.
    """

    def __init__(self, root: Path | None = None) -> None:
        self._root = root
        self._working = root or Path()
        self._folders: list[Path] = []

    def path(self, name: str) -> str:
        """Return the path of a file called `name` that does not exist yet, in a folder with nothing else in it."""
        if self._root is None:
            self._root = Path(tempfile.mkdtemp(prefix="gradproof-"))
            weakref.finalize(self, shutil.rmtree, self._root, ignore_errors=True)
        numbered = (self._root / f"written-{number}" for number in itertools.count(len(self._folders) + 1))
        # Student code may have created folders with such names.
        folder = next(each for each in numbered if not os.path.lexists(each))
        self._folders.append(folder)
        folder.mkdir()
        return str(folder / name)

    def read(self, path: str) -> bytes | None:
        """Return a regular file's first bytes, one more than `FILE_LIMIT` of a larger one; None if there is none."""
        try:
            if not stat.S_ISREG(os.stat(path).st_mode):  # opening a pipe would wait for ever
                return None
            with open(path, "rb") as file:
                return file.read(FILE_LIMIT + 1)
        except OSError:
            return None

    def listed(self, folder: str) -> dict[str, int]:
        """Return the names of what is in a folder, except folders that were assigned, and when it was changed.

        A relative path starts at the working folder. Times are in nanoseconds. If there are more names than
        `NAMES_LIMIT`, one more than that is returned.
        """
        where = os.path.normpath(self._working / folder)
        own = {each.name for each in self._folders if str(each.parent) == where}
        with os.scandir(where) as entries:
            found = (each for each in entries if each.name not in own or not each.is_dir(follow_symlinks=False))
            return {each.name: _changed(each) for each in itertools.islice(found, NAMES_LIMIT + 1)}

    def forget(self) -> None:
        """Remove what was written: a new check begins."""
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
        self._folders.clear()


def _changed(entry: os.DirEntry[str]) -> int:
    """Return when something was changed: on POSIX the time that no program can set, unlike the modification time."""
    status = entry.stat(follow_symlinks=False)
    return status.st_mtime_ns if sys.platform == "win32" else status.st_ctime_ns
