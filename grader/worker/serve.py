"""The life of one worker: load the submission's slice, answer calls, until the channel closes.

Requests and replies are wire values. In come ``[id, fresh, "plan", root, files, module, names, plan]``,
answered by what the plan lacks, ``[id, fresh, "load", root, files, module, names, plan, forbidden, whole]``,
answered by whether more could be run, the files of the names, and which statements take too long,
``[id, fresh, "cells", root, files]``, ``[id, fresh, "overview", root, files, names]``,
``[id, fresh, "definitions", root, files, names]``,
``[id, fresh, "call", target, args, kwargs, keep_arguments]``, ``[id, fresh, "repeat", target, first,
seconds, order]``, ``[id, fresh, "read", handle, attribute]``, ``[id, fresh, "path", name]``, answered by
where the student's code is to write a file of that name, and ``[id, fresh, "file", path]``, by its bytes;
`fresh` begins a new check, with nothing left of the last. Out go ``["ok", id, value, printed]``,
``["error", id, description, printed]`` and, while a call is under way, ``["back", id, number, args,
kwargs]``, which is answered by ``["answer", value]``. The id is drawn by the parent for each request, so
that a reply sent early, late or twice belongs to nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import Any

from . import wire
from .dispatch import Dispatcher
from .failure import describe, stop_of
from .forbidden import Forbidden
from .markdown import notebook_cells
from .overview import definitions, overview, to_data
from .program import Plan, Program, draw, load
from .running import Allowance
from .written import Written

PRINTED_LIMIT = 16_000
READ_BYTES = 1 << 16
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")


class Channel:
    """Whole frames over descriptors, by read and write: socket calls are denied to a worker."""

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
    """Standing in for sys.stdout: keeps the first part of what is printed and lets the rest go."""

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
        """Return what was kept and begin anew."""
        text = "".join(self._parts)
        self._parts, self._size = [], 0
        return text


LOOKED_THROUGH = {"overview": overview, "definitions": definitions}


class Server:
    """Answers one request after the other, over two descriptors; knows the id of the one under way."""

    def __init__(self, source: int, sink: int) -> None:
        self._channel = Channel(source, sink)
        self._printed = Printed()
        self._root = ""
        self._labels: frozenset[str] = frozenset()
        self._dispatcher = Dispatcher(Program(), self._call_back)
        self._id = b""

    def serve(self) -> None:
        """Live as a worker, read requests, write replies, and end with them."""
        sys.stdout = sys.stderr = self._printed
        with contextlib.suppress(EOFError, OSError):
            self._run()

    def _run(self) -> None:
        while True:
            header, buffers = self._channel.receive()
            request: Any = wire.decode(header, buffers, self._dispatcher.resolve)
            self._id, fresh, *rest = request
            if fresh:
                self._dispatcher.reset()
            try:
                reply = wire.encode(["ok", self._id, self._perform(rest), self._take()], self._dispatcher.refer)
            except BaseException as error:
                reply = self._failure(error)
            self._channel.send(reply)

    def _perform(self, request: list[Any]) -> object:
        kind, *body = request
        if kind == "plan":
            root, *what = body
            return draw(Path(root), *what)
        if kind == "cells":
            root, files = body
            return notebook_cells(Path(root), files)
        if kind in LOOKED_THROUGH:
            root, files, names = body
            return to_data(LOOKED_THROUGH[kind](Path(root), files, names))
        if kind == "load":
            return self._load(*body)
        if kind == "call":
            target, args, kwargs, keep_arguments = body
            return self._dispatcher.answer(target, args, kwargs, keep_arguments=keep_arguments)
        if kind == "repeat":
            return self._dispatcher.repeat(*body)
        if kind == "path":
            return self._dispatcher.written.path(*body)
        if kind == "file":
            return self._dispatcher.written.read(*body)
        return self._dispatcher.read(*body)

    def _load(
        self,
        root: str,
        files: list[str],
        module: str,
        names: list[str],
        plan: Plan,
        forbidden: list[str],
        whole: list[Any] | None,
    ) -> object:
        self._root = root
        self._labels = frozenset(files)
        Forbidden(forbidden).withhold()
        seconds, slow = whole or (0.0, [])
        allowance = Allowance(seconds, map(tuple, slow)) if whole else None
        program = load(Path(root), files, module, names, plan=plan, whole=allowance)
        if program.main is not None:
            sys.modules[program.main.__name__] = program.main
        self._dispatcher = Dispatcher(program, self._call_back, Written(Path(os.environ["HOME"])))
        return [program.differs, program.homes, list(allowance.slow) if allowance else []]

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
        except BaseException:  # its words, its name or its class are made to fail
            untold = {"outcome": stop_of(error) or "raised", "message": "an exception that cannot be described"}
            return wire.encode(["error", self._id, untold, ""])

    def _describe(self, error: BaseException) -> dict[str, str]:
        return {key: self._plain(text) for key, text in describe(error, self._is_students).items()}

    def _plain(self, text: str) -> str:
        """Return `text` without what differs from run to run: folders of the job, addresses."""
        for folder in (self._root, os.environ["HOME"]):
            text = text.replace(f"{folder}/", "")
        return ADDRESS.sub("0x…", text)

    def _take(self) -> str:
        return self._printed.take()
