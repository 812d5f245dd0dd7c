"""The functions of a notebook as its kernel holds them now: a channel to them, without saving or reading a file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FunctionType
from typing import Any

from grader.checks.asking.channel import Channel, Elsewhere
from grader.course.question_spec import QuestionSpec
from grader.course.rubric.model import Question
from grader.pytest_side.aside import run_aside
from grader.pytest_side.local import LocalChannel
from grader.worker.running.dispatch import Dispatcher
from grader.worker.running.placeholder import ForbiddenImport
from grader.worker.running.program import MissingName, Program
from grader.worker.running.stand_ins import STAND_INS

# A typo is close; `LocalDerivatives` is not a typo of `tanh_derivative`.
CLOSE = 0.75


class Live(LocalChannel):
    """A channel to the objects that a kernel's names refer to at this moment."""

    def __init__(
        self,
        namespace: Mapping[str, Any],
        question: Question,
        graded_seconds: float | None = None,
        provided: Path | None = None,
    ) -> None:
        super().__init__(Path.cwd(), QuestionSpec.of(question), graded_seconds=graded_seconds)
        self._provided = provided
        self._namespace = namespace
        self._cells = _cell_names(namespace)

    @contextmanager
    def elsewhere(self, how: Elsewhere) -> Iterator[Channel]:
        """Yield a channel to the cells as they were run, in a new process; this one itself if they are not known."""
        cells = list(_history(self._namespace))
        if not cells:
            yield self
            return
        with TemporaryDirectory(prefix="gradproof-") as folder:
            notebook = Path(folder, "cells.ipynb")
            notebook.write_text(json.dumps(_document(cells)), encoding="utf-8")
            files = [str(notebook)]
            with run_aside(self._root, files, self._question, self._provided, self._graded_seconds, how) as aside:
                yield aside

    def _load(self) -> Dispatcher:
        there = {name: self._namespace[name] for name in self._question.names if name in self._namespace}
        own = {v.__name__ for v in _own(self._namespace) if isinstance(v, (type, FunctionType))}
        return Dispatcher(_Kernel(Path.cwd(), there, defined=own), self._call_back)

    def _is_students(self, filename: str) -> bool:
        return filename in self._cells

    def _describe(self, error: BaseException) -> dict[str, str]:
        missing = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
        if missing and missing not in {*(self._question.packages or ()), *STAND_INS}:
            error = ForbiddenImport(missing).with_traceback(error.__traceback__)
        said = super()._describe(error)
        for filename, cell in self._cells.items():
            said = {
                key: text.replace(filename, cell).replace(f"{os.path.basename(filename)}:", f"{cell}:")
                for key, text in said.items()
            }
        return said


class _Kernel(Program):
    """A program that was run by hand, cell by cell."""

    def get(self, name: str) -> object:
        if name not in self.names:
            near = get_close_matches(name, self.defined, n=1, cutoff=CLOSE)
            hint = f"did you mean `{near[0]}`?" if near else "run its cell, and see whether it raises an exception"
            raise MissingName(f"{name} is not defined in this notebook's kernel; {hint}")
        return self.names[name]


def _cell_names(namespace: Mapping[str, Any]) -> dict[str, str]:
    """Return what to call each cell that the namespace's functions come from, by its file name."""
    shell = namespace["get_ipython"]() if "get_ipython" in namespace else None
    told = getattr(getattr(shell, "compile", None), "format_code_name", lambda filename: None)
    return {filename: " ".join(told(filename) or ("a cell",)) for filename in _own_files(namespace)}


def _history(namespace: Mapping[str, Any]) -> Iterator[str]:
    """Yield the source of every cell in the order in which they were run, as far as IPython knows it."""
    shell = namespace["get_ipython"]() if "get_ipython" in namespace else None
    told = getattr(getattr(shell, "history_manager", None), "input_hist_raw", ())
    yield from (cell for cell in told if cell.strip())


def _document(cells: Sequence[str]) -> dict[str, Any]:
    told = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return {"cells": told, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}


def _own(namespace: Mapping[str, Any]) -> list[Any]:
    """Return what the cells themselves have defined, without what they imported."""
    return [v for v in namespace.values() if getattr(v, "__module__", None) == namespace.get("__name__")]


def _own_files(namespace: Mapping[str, Any]) -> Iterator[str]:
    own = _own(namespace)
    methods = [part for value in own if isinstance(value, type) for part in vars(value).values()]
    for value in [*own, *methods]:
        if isinstance(value, FunctionType):
            yield value.__code__.co_filename
