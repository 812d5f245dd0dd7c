"""Work that staff know, i.e. the reference or a known mistake, as a channel in this process."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Self

from grader.checks.asking.channel import Channel, Elsewhere
from grader.course.folder import Course
from grader.course.question_spec import QuestionSpec
from grader.course.rubric.model import Question
from grader.pytest_side.local import LocalChannel
from grader.worker.running.dispatch import Dispatcher
from grader.worker.running.importing import OwnFiles
from grader.worker.running.program import Program

# Known work takes up to half a second where it has a core to itself, and over twice as long where it shares one.
CPU_SECONDS = 2.0


class Known(LocalChannel):
    """A channel to staff's own code, which leaves nothing behind when the channel is closed.

    `codes` run one after the other in one module, which may import its neighbours in the folder `root` and what is
    `provided`.
    """

    def __init__(
        self, root: Path, codes: Sequence[CodeType], names: Collection[str], *, provided: Path | None = None
    ) -> None:
        super().__init__(root, QuestionSpec("", tuple(names), packages=None), cpu_seconds=CPU_SECONDS)
        self._provided = provided
        self._codes = codes

    @classmethod
    def of(cls, course: Course, question: Question, overlay: str = "") -> Self:
        """Return the solution of a question with a text appended, whose definitions replace earlier ones."""
        solution = _compiled(course.solution(question).read_text(encoding="utf-8"))
        provided = course.provided if question.provided else None
        return cls(course.reference, [solution, _compiled(overlay)], question.names, provided=provided)

    def _open(self) -> Dispatcher:
        # There is no time limit: the imports of staff's own code take as long as they take, once in each process.
        if self._dispatcher is None:
            self._dispatcher = self._load()
        return self._dispatcher

    @contextmanager
    def elsewhere(self, how: Elsewhere) -> Iterator[Channel]:
        """Yield this channel itself."""
        yield self  # staff's own code is trusted to behave the same everywhere

    def _load(self) -> Dispatcher:
        own = OwnFiles([folder for folder in (self._root, self._provided) if folder], None)
        own.install()
        namespace: dict[str, object] = {"__name__": "known", "__builtins__": own.names}
        for code in self._codes:
            exec(code, namespace)
        self._lay_over(namespace)
        names = {name: namespace[name] for name in self._question.names}
        return Dispatcher(Program(self._root, names), self._call_back)

    def _is_students(self, filename: str) -> bool:
        return False  # none of it is reported to anyone

    def _lay_over(self, namespace: dict[str, object]) -> None:
        """Change what the codes have defined before any of it is called; by default, change nothing."""


@lru_cache(maxsize=512)
def _compiled(source: str) -> CodeType:
    return compile(source, "<known work>", "exec", dont_inherit=True)
