"""The whole of a student's program in their own process, for checks that fail if only a part of it runs."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any, TypeVar

from grader.pytest_side.inprocess import InProcess
from grader.worker.running.dispatch import Dispatcher
from grader.worker.running.program import COPIED_FILES, is_source, load
from grader.worker.running.statements import WHOLE_SHARE, Allowance, as_main

T = TypeVar("T")


class WholeProgram(InProcess):
    """A channel to everything in a submission's files. It runs among copies of them, which it may overwrite."""

    def __init__(self, *where: Any, **options: Any) -> None:
        super().__init__(*where, **options)
        self._scratch = Path(tempfile.mkdtemp(prefix="gradproof-"))
        weakref.finalize(self, shutil.rmtree, self._scratch, ignore_errors=True)

    def _load(self) -> Dispatcher:
        with chdir(self._scratch):
            program = load(
                self._root, [*self._files, *self._data()], self._question.module, self._question.names,
                packages=self._packages, provided=self._provided, whole=Allowance(self._seconds * WHOLE_SHARE),
            )  # fmt: skip
        return Dispatcher(program, self._call_back)

    def _data(self) -> list[str]:
        # Only as deep as pytest looks for what is handed in beside the code: this may be a home folder.
        paths = (path for way in ("*", "*/*") for path in self._root.glob(way) if path.is_file())
        labels = [path.relative_to(self._root).as_posix() for path in paths]
        return sorted(label for label in labels if not is_source(label) and not label.startswith("."))[:COPIED_FILES]

    def _guarded(self, act: Callable[[], T], folder: Path, *, while_loading: bool = False) -> T:
        __tracebackhide__ = True
        with as_main(self._dispatcher.program.main if self._dispatcher else None):
            return super()._guarded(act, folder, while_loading=while_loading)
