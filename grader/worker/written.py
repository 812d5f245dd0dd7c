"""Files that the student's code is asked to write, each into a new folder of its own."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import weakref
from pathlib import Path

FILE_LIMIT = 8 * 1024 * 1024


class Written:
    """Hands out paths below `root`, or below a temporary folder, and reads what was written there."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root
        self._folders: list[Path] = []

    def path(self, name: str) -> str:
        """Return the path of a file called `name` that is not there yet, in a folder with nothing else in it."""
        if self._root is None:
            self._root = Path(tempfile.mkdtemp(prefix="gradproof-"))
            weakref.finalize(self, shutil.rmtree, self._root, ignore_errors=True)
        folder = self._root / f"written-{len(self._folders) + 1}"
        self._folders.append(folder)
        folder.mkdir()
        return str(folder / name)

    def read(self, path: str) -> bytes | None:
        """Return a plain file's first bytes, one more than `FILE_LIMIT` of a larger one; None where there is none."""
        try:
            if not stat.S_ISREG(os.stat(path).st_mode):  # to open a pipe would wait for ever
                return None
            with open(path, "rb") as file:
                return file.read(FILE_LIMIT + 1)
        except OSError:
            return None

    def forget(self) -> None:
        """Remove what was written: a new check begins."""
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
        self._folders.clear()
