"""The life of one worker: load the submission's part, answer calls, until the channel closes.

Requests and replies are wire values. A request is ``[id, fresh, verb, *parts]``; `fresh` begins a new check, without
anything left from the last. The verbs are classes in `requests` and `preparing`, which define the parts of each.

Replies are ``["ok", id, value, printed]``, ``["error", id, description, printed]`` and, during a call, ``["back", id,
number, args, kwargs]``, which is answered by ``["answer", value]``. The parent draws the id for each request, so that a
reply sent early, late or twice belongs to nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import Any

from ..wire import codec as wire
from .dispatch import Dispatcher
from .failure import describe, stop_of
from .preparing import Preparation
from .program import Program
from .requests import Request
from .written_files import Written

PRINTED_LIMIT = 16_000
READ_BYTES = 1 << 16
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")


def own_pipes() -> tuple[int, int]:
    """Return copies of this process's standard input and output, which then appear closed to student code."""
    source, sink = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (source, sink):
            msvcrt.setmode(descriptor, os.O_BINARY)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    return source, sink


class FrameChannel:
    """Whole frames over descriptors, by read and write: a worker may not use socket calls."""

    def __init__(self, source: int, sink: int) -> None:
        self._source = source
        self._sink = sink
        self._received = bytearray()

    def receive(self) -> tuple[bytes, bytes]:
        """Return the two parts of the next frame; EOFError once the parent is gone."""
        header, buffers = wire.lengths(self._exactly(wire.PREFIX.size))
        return self._exactly(header), self._exactly(buffers)

    def send(self, frame: bytes) -> None:
        """Write a whole frame."""
        view = memoryview(frame)
        while view:
            view = view[os.write(self._sink, view) :]

    def _exactly(self, size: int) -> bytes:
        while len(self._received) < size:
            part = os.read(self._source, max(size - len(self._received), READ_BYTES))
            if not part:
                raise EOFError
            self._received += part
        taken = bytes(self._received[:size])
        del self._received[:size]
        return taken


class Printed:
    """Replaces sys.stdout: keeps the first part of what is printed and drops the rest."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0

    def write(self, text: str) -> int:
        """Keep `text` while there is room."""
        if self._size < PRINTED_LIMIT:
            self._parts.append(str(text)[: PRINTED_LIMIT - self._size])
            self._size += len(self._parts[-1])
        return len(text)

    def flush(self) -> None:
        """Do nothing: there is no buffer."""

    def isatty(self) -> bool:
        """Return False: nobody watches."""
        return False

    def take(self) -> str:
        """Return what was kept and start again."""
        text = "".join(self._parts)
        self._parts, self._size = [], 0
        return text


class Server:
    """Answers one request after the other, over two descriptors; knows the id of the present one.

    `home` is the folder in which student code will run.
    """

    def __init__(self, source: int, sink: int, home: str) -> None:
        self._channel = FrameChannel(source, sink)
        self._printed = Printed()
        self._root = ""
        self._home = Path(home)
        self._labels: frozenset[str] = frozenset()
        self._dispatcher = Dispatcher(Program(), self._call_back)
        self._id = b""

    def serve(self) -> None:
        """Live as a worker: read requests, write replies, and exit when they end."""
        sys.stdout = sys.stderr = self._printed
        with contextlib.suppress(EOFError, OSError):
            self._run()

    def _run(self) -> None:
        while True:
            header, buffers = self._channel.receive()
            request: Any = wire.decode(header, buffers, self._dispatcher.resolve)
            self._id, fresh, verb, *parts = request
            if fresh:
                self._dispatcher.reset()
            try:
                reply = wire.encode(["ok", self._id, self._perform(verb, *parts), self._take()], self._dispatcher.refer)
            except BaseException as error:
                reply = self._failure(error)
            self._channel.send(reply)

    def _perform(self, verb: str, *parts: Any) -> object:
        request = Request.of(verb, parts)
        return request.prepare(self) if isinstance(request, Preparation) else request.perform(self._dispatcher)

    def expect(self, root: str, files: list[str]) -> None:
        """Set what belongs to the student: everything in the folder `root`, and these files."""
        self._root = root
        self._labels = frozenset(files)

    def begin(self, program: Program) -> None:
        """Answer requests about this program from now on."""
        if program.main is not None:
            sys.modules[program.main.__name__] = program.main
        self._dispatcher = Dispatcher(program, self._call_back, Written(self._home))

    def _call_back(self, number: int, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        frame = ["back", self._id, number, list(args), kwargs]
        self._channel.send(wire.encode(frame, self._dispatcher.refer))
        header, buffers = self._channel.receive()
        answer: Any = wire.decode(header, buffers, self._dispatcher.resolve)
        return answer[1]

    def _is_students(self, filename: str) -> bool:
        return filename.partition("[")[0] in self._labels or filename.startswith(self._root + "/")

    def _failure(self, error: BaseException) -> bytes:
        try:
            return wire.encode(["error", self._id, self._describe(error), self._take()])
        except BaseException:  # its message, its name or its class may be made to fail
            untold = {"outcome": stop_of(error) or "raised", "message": "an exception that cannot be described"}
            return wire.encode(["error", self._id, untold, ""])

    def _describe(self, error: BaseException) -> dict[str, str]:
        return {key: self._plain(text) for key, text in describe(error, self._is_students).items()}

    def _plain(self, text: str) -> str:
        """Return `text` without what differs from run to run: folders of the job, addresses."""
        for folder in (self._root, self._home):
            text = text.replace(f"{folder}/", "")
        return ADDRESS.sub("0x…", text)

    def _take(self) -> str:
        return self._printed.take()
