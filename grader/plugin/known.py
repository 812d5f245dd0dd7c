"""Work that staff know, the reference or a known mistake, as a channel in this process."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType

from grader.channel import Channel, Elsewhere
from grader.plugin.inprocess import InProcess
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
        names = {name: namespace[name] for name in self._names}
        return Dispatcher(Program(self._root, names), self._call_back)
