"""A student's work in a new process on their own computer, where nothing of this process can affect it.

Requests and answers are frames of the wire format over the process's pipes, as for a worker in the jail.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn, TypeVar

from grader.checks.asking.channel import Channel, Elsewhere, StudentStopped, plainest, student_error
from grader.core.errors import GraderFault
from grader.course.question_spec import QuestionSpec
from grader.pytest_side.log_filter import quieten_pictures
from grader.worker.running.requests import Call, Request
from grader.worker.running.serve import FrameChannel as Frames
from grader.worker.running.serve import own_pipes
from grader.worker.wire import codec as wire

# A hash seed that few processes have, so that results which depend on the order of a set differ.
HASH_SEED = "20201"
NOTHING_ELSE = "a check may only call functions of work that runs in a separate process"
R = TypeVar("R")


class Aside(Channel):
    """A channel to a submission in a new process, for calls with inert values."""

    def __init__(self, work: Mapping[str, object], how: Elsewhere) -> None:
        # The opposite of the jail: if a run was recorded here with the processor's special instructions, repeating it
        # with plain ones shows what another computer will get.
        instructions = {} if how.plain else plainest()
        variables = {**how.variables(), **instructions, "PYTHONHASHSEED": HASH_SEED}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "grader.pytest_side.aside"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            env={**os.environ, **variables},
        )  # fmt: skip
        self._frames = Frames(_pipe(self._process.stdout).fileno(), _pipe(self._process.stdin).fileno())
        self._frames.send(wire.encode({**work, "names": list(how.names), "without": list(how.without)}))

    @property
    def homes(self) -> Mapping[str, str]:
        """Nothing: where names are defined is known from the work in the check's own process."""
        return {}

    def ask(self, request: Request[R]) -> R:
        """Call the student's function there; changes to arguments are lost. Raises GraderFault for other requests."""
        __tracebackhide__ = True
        if not isinstance(request, Call):
            raise GraderFault(NOTHING_ELSE)
        try:
            self._frames.send(wire.encode([list(request.target), request.args, request.kwargs]))
            kind, value = _decoded(self._frames)
        except (EOFError, OSError) as error:
            raise StudentStopped("crashed", "the process in which the work was run again has ended") from error
        if kind == "stopped":
            raise StudentStopped(value["outcome"], value["message"], student_line=value["line"])
        if kind == "error":
            raise student_error(value)
        return request.taken([value, [], {}, {}])  # type: ignore[return-value]

    def elsewhere(self, how: Elsewhere) -> NoReturn:
        """Raise GraderFault."""
        raise GraderFault(NOTHING_ELSE)

    def reset(self) -> None:
        """Do nothing: there is no state."""

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def run_aside(
    root: Path,
    files: Iterable[str],
    question: QuestionSpec,
    provided: Path | None,
    graded_seconds: float | None,
    how: Elsewhere,
) -> Iterator[Aside]:
    """Yield a channel to files in a new process, which ends with the block."""
    work = {
        "root": str(root.resolve()), "files": list(files), "module": question.module,
        "packages": list(question.packages or ()), "forbidden": list(question.forbidden),
        "provided": str(provided.resolve()) if provided else "", "graded_seconds": graded_seconds,
    }  # fmt: skip
    aside = Aside(work, how)
    try:
        yield aside
    finally:
        aside.close()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # both were opened with PIPE
    return stream


def _decoded(frames: Frames) -> Any:
    return wire.decode(*frames.receive())


def main() -> None:
    """Serve one submission over standard input and output, until they are closed."""
    frames = Frames(*own_pipes())
    work: Any = _decoded(frames)
    _withhold(Path(work["root"], name) for name in work["without"])
    quieten_pictures()
    channel = _opened(work)
    while True:
        try:
            target, args, kwargs = _decoded(frames)
        except (EOFError, OSError):
            return
        frames.send(wire.encode(_answer(channel, tuple(target), tuple(args), kwargs)))


def _opened(work: Mapping[str, Any]) -> Channel:
    from grader.pytest_side.inprocess import InProcess

    provided = Path(work["provided"]) if work["provided"] else None
    names, packages, forbidden = (tuple(work[key]) for key in ("names", "packages", "forbidden"))
    question = QuestionSpec(work["module"], names, packages, forbidden=forbidden)
    return InProcess(
        Path(work["root"]), work["files"], question, provided=provided, graded_seconds=work["graded_seconds"]
    )  # fmt: skip


def _withhold(paths: Iterable[Path]) -> None:
    """Make files look to Python code in this process as if they did not exist."""
    hidden = {os.path.realpath(path) for path in paths}

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path in hidden:
                raise FileNotFoundError(errno.ENOENT, "the log does not exist while the run is repeated", path)

    if hidden:
        sys.addaudithook(refuse)


def _answer(channel: Channel, target: Any, args: tuple[object, ...], kwargs: dict[str, object]) -> list[object]:
    try:
        return ["ok", channel.call(target, args, kwargs).result]
    except StudentStopped as stopped:
        return ["stopped", {"outcome": stopped.outcome, "message": stopped.message, "line": stopped.student_line}]
    except Exception as error:
        said = {name: str(getattr(error, f"student_{name}", "")) for name in ("message", "line", "traceback")}
        return ["error", {**said, "builtin": type(error).__name__}]


if __name__ == "__main__":
    main()
