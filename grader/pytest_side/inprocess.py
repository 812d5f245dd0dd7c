"""The student's side of `submission`: their own files in their own process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.checks.asking.channel import Channel, Elsewhere
from grader.checks.asking.time_limit import CPU_SECONDS
from grader.course.question_spec import QuestionSpec
from grader.pytest_side.aside import run_aside
from grader.pytest_side.local import LocalChannel
from grader.worker.running.dispatch import Dispatcher
from grader.worker.running.program import load
from grader.worker.running.statements import Allowance


class InProcess(LocalChannel):
    """A channel to the submission in this process; one for each question, so that they share no state."""

    def __init__(
        self,
        root: Path,
        files: Iterable[str],
        question: QuestionSpec,
        *,
        provided: Path | None = None,
        cpu_seconds: float = CPU_SECONDS,
        graded_seconds: float | None = None,
    ) -> None:
        super().__init__(root, question, cpu_seconds=cpu_seconds, graded_seconds=graded_seconds)
        self._provided = provided
        self._seconds = max(cpu_seconds, graded_seconds or 0.0)
        self._files = tuple(files)
        # What `breakpoint()` starts is imported on behalf of the student's code.
        debugger = os.environ.get("PYTHONBREAKPOINT", "").partition(".")[0]
        self._packages = None if question.packages is None else (*question.packages, debugger)
        self._paths = frozenset(str(root / file) for file in self._files)

    @property
    def differs(self) -> bool:
        """Whether more of the submission could be run, and this may matter: see `Program`."""
        return Allowance.enforced() and self._dispatcher is not None and self._dispatcher.program.differs

    @contextmanager
    def elsewhere(self, how: Elsewhere) -> Iterator[Channel]:
        """Yield a channel to the same files in a new process."""
        with run_aside(self._root, self._files, self._question, self._provided, self._graded_seconds, how) as aside:
            yield aside

    def _load(self) -> Dispatcher:
        program = load(
            self._root, self._files, self._question.module, self._question.names,
            real_paths=True, packages=self._packages, provided=self._provided,
        )  # fmt: skip
        return Dispatcher(program, self._call_back)

    def _is_students(self, filename: str) -> bool:
        return filename.partition("[cell ")[0] in self._paths
