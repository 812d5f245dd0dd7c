"""Work that staff know, the reference or a known mistake, as a channel in this process."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Self

from grader.channel import Channel, Elsewhere
from grader.course import Course
from grader.plugin.inprocess import InProcess
from grader.rubric.model import Question
from grader.worker.dispatch import Dispatcher
from grader.worker.importing import OwnFiles
from grader.worker.program import Program

CPU_SECONDS = 1.0


class Known(InProcess):
    """A channel to staff's own code; nothing of it outlives the channel.

    `codes` run one after the other in one module, which may import its neighbours in the folder `root` and what is
    `lent`.
    """

    def __init__(
        self, root: Path, codes: Sequence[CodeType], names: Collection[str], *, lent: Path | None = None
    ) -> None:
        super().__init__(root, (), "", names, lent=lent, cpu_seconds=CPU_SECONDS)
        self._codes = codes

    @classmethod
    def of(cls, course: Course, question: Question, overlay: str = "") -> Self:
        """Return the solution of a question with a text laid over it, in which later definitions win."""
        solution = _compiled(course.solution(question).read_text(encoding="utf-8"))
        lent = course.lent if question.lent else None
        return cls(course.reference, [solution, _compiled(overlay)], question.names, lent=lent)

    def _open(self) -> Dispatcher:
        # Without a limit: the imports of staff's own code take what they take, and are done once a process.
        if self._dispatcher is None:
            self._dispatcher = self._load()
        return self._dispatcher

    @contextmanager
    def elsewhere(self, how: Elsewhere) -> Iterator[Channel]:
        """Give this channel itself."""
        yield self  # staff's own code is trusted to be the same anywhere

    def _load(self) -> Dispatcher:
        own = OwnFiles([folder for folder in (self._root, self._lent) if folder], None)
        own.install()
        namespace: dict[str, object] = {"__name__": "known", "__builtins__": own.names}
        for code in self._codes:
            exec(code, namespace)
        self._lay_over(namespace)
        names = {name: namespace[name] for name in self._names}
        return Dispatcher(Program(self._root, names), self._call_back)

    def _lay_over(self, namespace: dict[str, object]) -> None:
        """Change what the codes have defined before anything of it is called; as it is, nothing."""


@lru_cache(maxsize=512)
def _compiled(source: str) -> CodeType:
    return compile(source, "<known work>", "exec", dont_inherit=True)
