"""The folder of one grading job: what its warm processes see of the machine."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

import grader.worker
from grader.worker.confine import removal
from grader.worker.confine.scratch import is_small

SHARED_MEMORY = Path("/dev/shm")


class JobFolder:
    """A private folder, removed at the end.

    ``staging/`` contains the present submission's copy, ``sample/`` the engine's own, ``code/`` what runs in the jail,
    ``packages-*/`` links to allowed packages (so that no other can be imported by name), and ``scratch-*/`` is what a
    worker may write to; if shared memory is small, it is there, which limits it.
    """

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="gradproof-"))
        self._scratches: list[Path] = []
        self.root.chmod(0o711)  # a worker's private uid can pass through, but list nothing
        self.staging = self._make("staging")
        self.sample = self._make("sample")
        self.code = self._make("code")
        # With its bytecode, and with the times by which Python knows that it is that of these sources.
        shutil.copytree(Path(str(grader.worker.__file__)).parent, self.code / "worker")

    def packages(self, entries: tuple[Path, ...]) -> Path:
        """Return the folder of links to `entries`."""
        named = "\n".join(map(str, entries)).encode()
        name = f"packages-{hashlib.sha256(named).hexdigest()[:16]}"
        if (self.root / name).is_dir():
            return self.root / name
        folder = self._make(name)
        for entry in entries:
            with contextlib.suppress(FileExistsError):
                os.symlink(entry, folder / entry.name)
        return folder

    def boot(self, module: str, links: Path) -> str:
        """Return the Python line that runs ``worker.<module>.main`` with its first argument, a JSON text."""
        lines = [
            "import json, sys",
            f"sys.path[:0] = [{str(self.code)!r}]",
            f"sys.path.append({str(links)!r})",
            f"from worker.{module} import main",
            "main(json.loads(sys.argv[1]))",
        ]
        return "; ".join(lines)

    def scratch(self) -> Path:
        """Return a new empty folder that any user may write to."""
        small = SHARED_MEMORY.is_dir() and is_small(str(SHARED_MEMORY)) and os.access(SHARED_MEMORY, os.W_OK)
        folder = Path(tempfile.mkdtemp(prefix="gradproof-scratch-", dir=SHARED_MEMORY if small else self.root))
        folder.chmod(0o777)
        self._scratches.append(folder)
        return folder

    def close(self) -> None:
        """Remove everything."""
        for folder in (*self._scratches, self.root):
            with contextlib.suppress(OSError):
                removal.empty(str(folder))
                folder.rmdir()

    def _make(self, name: str) -> Path:
        folder = self.root / name
        folder.mkdir()
        folder.chmod(0o755)
        return folder

    def __enter__(self) -> JobFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
