"""A student's work in a new process at their own desk: what is done again there owes nothing to this process.

Requests and answers are frames of the wire format over the pipes of the process, as for a worker in the jail.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any, NoReturn

from grader.channel import Answer, Channel, Elsewhere, StudentStopped, Target, plainest, student_error
from grader.errors import GraderFault
from grader.worker import wire
from grader.worker.serve import Channel as Frames

# Another than most processes draw: what depends on the order of a set then shows.
HASH_SEED = "20201"


class Aside:
    """A channel to a submission in a new process, for calls with inert values."""

    def __init__(self, work: Mapping[str, object], how: Elsewhere) -> None:
        # The other way round than in the jail: what was recorded here by the processor's own instructions shows by
        # plain ones what will come back on another computer.
        instructions = {} if how.plain else plainest()
        variables = {**how.variables(), **instructions, "PYTHONHASHSEED": HASH_SEED}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "grader.plugin.aside"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            env={**os.environ, **variables},
        )  # fmt: skip
        self._frames = Frames(_pipe(self._process.stdout).fileno(), _pipe(self._process.stdin).fileno())
        self._frames.send(wire.encode({**work, "names": list(how.names), "without": list(how.without)}))

    @property
    def homes(self) -> Mapping[str, str]:
        """Nothing: where names were found is told of the work in the check's own process."""
        return {}

    def call(
        self, target: Target, args: tuple[object, ...], kwargs: dict[str, object], *, keep_arguments: bool
    ) -> Answer:
        """Call the student's function there; arguments are not kept."""
        __tracebackhide__ = True
        try:
            self._frames.send(wire.encode([list(target), list(args), kwargs]))
            kind, value = _decoded(self._frames)
        except (EOFError, OSError) as error:
            raise StudentStopped("crashed", "the process in which the work was run again has ended") from error
        if kind == "stopped":
            raise StudentStopped(value["outcome"], value["message"], student_line=value["line"])
        if kind == "error":
            raise student_error(value)
        return Answer(value)

    def repeat(self, target: Target, first: object, seconds: list[object], order: list[int]) -> NoReturn:
        """Raise GraderFault, as do all that follow: it is there for calls."""
        _refuse()

    def read(self, handle: int, attribute: str) -> NoReturn:
        """Raise GraderFault."""
        _refuse()

    def path(self, name: str) -> NoReturn:
        """Raise GraderFault."""
        _refuse()

    def file(self, path: str) -> NoReturn:
        """Raise GraderFault."""
        _refuse()

    def elsewhere(self, how: Elsewhere) -> NoReturn:
        """Raise GraderFault."""
        _refuse()

    def reset(self) -> None:
        """Do nothing: nothing is kept."""

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def _refuse() -> NoReturn:
    raise GraderFault("a check asked work that runs in a process of its own for something else than a call")


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # both were asked for with PIPE
    return stream


def _decoded(frames: Frames) -> Any:
    return wire.decode(*frames.receive())


def main() -> None:
    """Serve one submission over standard input and output, until they are closed."""
    source, sink = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (source, sink):
            msvcrt.setmode(descriptor, os.O_BINARY)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    frames = Frames(source, sink)
    work: Any = _decoded(frames)
    _withhold(Path(work["root"], name) for name in work["without"])
    channel = _opened(work)
    while True:
        try:
            target, args, kwargs = _decoded(frames)
        except (EOFError, OSError):
            return
        frames.send(wire.encode(_answer(channel, tuple(target), tuple(args), kwargs)))


def _opened(work: Mapping[str, Any]) -> Channel:
    from grader.plugin.inprocess import InProcess

    lent = Path(work["lent"]) if work["lent"] else None
    return InProcess(
        Path(work["root"]), work["files"], work["module"], work["names"], work["packages"], lent=lent,
        graded_seconds=work["graded_seconds"], forbidden=work["forbidden"],
    )  # fmt: skip


def _withhold(paths: Iterable[Path]) -> None:
    """Make files look, to Python code of this process, as if they were not there."""
    hidden = {os.path.realpath(path) for path in paths}

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path in hidden:
                raise FileNotFoundError(errno.ENOENT, "a log is not there while a run is done again", path)

    if hidden:
        sys.addaudithook(refuse)


def _answer(channel: Channel, target: Any, args: tuple[object, ...], kwargs: dict[str, object]) -> list[object]:
    try:
        return ["ok", channel.call(target, args, kwargs, keep_arguments=False).result]
    except StudentStopped as stopped:
        return ["stopped", {"outcome": stopped.outcome, "message": stopped.message, "line": stopped.student_line}]
    except Exception as error:
        said = {name: str(getattr(error, f"student_{name}", "")) for name in ("message", "line", "traceback")}
        return ["error", {**said, "builtin": type(error).__name__}]


if __name__ == "__main__":
    main()
