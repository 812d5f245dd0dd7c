"""The trusted end of one worker's channel: sends requests and receives replies, within limits.

Everything that arrives is hostile. A frame that is not a wire value, belongs to another request or claims too much ends
the worker as *crashed*. If a worker ends in another way, `owner` decides whose fault that is.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable
from typing import Any, NoReturn

from grader.core.errors import GraderFault
from grader.core.outcome import Outcome, Owner
from grader.sandbox.limits import MEBI, Budget, Limits
from grader.sandbox.owner import Ended, Ending, crashed, of_exit, of_limits
from grader.sandbox.warm import WorkerProcess
from grader.sandbox.watch import WorkerClocks
from grader.worker.running.requests import Request
from grader.worker.wire import codec as wire

TICK_SECONDS = 0.05
READ_BYTES = 1 << 16
CallBack = Callable[[int, Any, Any], object]


class Connection:
    """Communicates with one worker. `alive` is False once it has ended, for whatever reason."""

    def __init__(self, process: WorkerProcess, limits: Limits, budget: Budget) -> None:
        self._process = process
        self._limits = limits
        self._budget = budget
        self._watch = WorkerClocks(budget)
        self._received = bytearray()
        self._received_in_all = 0
        self._confined = False
        self.alive = True
        self.printed = ""
        process.channel.settimeout(TICK_SECONDS)

    def start_watch(self) -> None:
        """Begin a check: its CPU and wall time are counted from here."""
        self._watch.start()
        self._received_in_all = 0
        self.printed = ""

    def request(self, request: Request[Any], fresh: bool, refer: wire.Referrer, call_back: CallBack) -> tuple[str, Any]:
        """Send a request and return the kind and value of its reply, serving callbacks meanwhile.

        A `fresh` one begins a new check, without anything left from the last. Raises StudentStopped or Aborted when the
        worker ends. An exception of the student's code arrives as ``("error", description)``, a returned value as
        ``("ok", value)``.
        """
        if (spent := self._budget.spent()) is not None:
            words = f"the {spent} time that one submission may use in total is used up"
            self._stop(Ending(Owner.STUDENT, words, Outcome.TIMED_OUT, again=spent == "wall"))
        # Time that the check itself uses between two requests, e.g. to import torch, does not count as the
        # submission's.
        self._watch.resume()
        identity = secrets.token_bytes(8)
        self._send(wire.encode([identity, fresh, request.verb, *request.parts()], refer))
        callbacks = 0
        while True:
            message = self._receive()
            if len(message) < 3 or type(message[1]) is not bytes or message[1] != identity:
                self._stop(crashed("the worker sent a message that belongs to no call"))
            kind = message[0] if type(message[0]) is str else ""
            if kind == "back" and len(message) == 5:
                callbacks += 1
                if callbacks > self._limits.callbacks:
                    words = f"a function that was passed in was called more than {callbacks - 1} times"
                    self._stop(Ending(Owner.STUDENT, words, Outcome.TIMED_OUT))
                self._send(wire.encode(["answer", self._answer(call_back, message[2:])], refer))
            elif kind in {"ok", "error"} and len(message) == 4:
                self._keep_printed(message[3])
                self._watch.count()
                return kind, message[2]
            else:
                self._stop(crashed("the worker sent a message of an unknown kind"))

    def close(self) -> None:
        """End the worker."""
        if self.alive:
            with contextlib.suppress(GraderFault):  # the warm process has died, and its workers with it
                self._end(kill=True)

    def _answer(self, call_back: CallBack, arguments: list[Any]) -> object:
        """Return the result of a check's own function; only the time during which this process was working counts."""
        self._watch.count()
        before = time.process_time()
        try:
            return call_back(*arguments)
        finally:
            self._watch.charge(time.process_time() - before)

    def _keep_printed(self, text: object) -> None:
        if isinstance(text, str):
            self.printed = (self.printed + text)[:16_000]

    def _send(self, frame: bytes) -> None:
        rest = memoryview(frame)
        while rest:
            try:
                rest = rest[self._process.channel.send(rest) :]
            except TimeoutError:
                self._look()
            except OSError:
                self._explain_end()

    def _receive(self) -> list[Any]:
        self._look()
        if not self._confined:
            self._demand_confined()
        try:
            header, buffers = wire.lengths(self._exactly(wire.PREFIX.size))
            message = wire.decode(self._exactly(header), self._exactly(buffers))
        except wire.WireError as error:
            self._stop(crashed(f"the worker sent something unreadable: {error}"))
        if not isinstance(message, list):
            self._stop(crashed("the worker sent something that is not a message"))
        return message

    def _demand_confined(self) -> None:
        """Read the first byte, which is written before any of the student's code runs."""
        if self._exactly(1) != wire.READY:
            self._explain_start()
        self._confined = True

    def _explain_start(self) -> NoReturn:
        """The worker has ended without a message, or said why it cannot start: raise that."""
        self._process.channel.settimeout(1.0)
        with contextlib.suppress(OSError):
            self._received += self._process.receive(READ_BYTES)
        words = self._received.decode(errors="replace").strip("\0") or "it has ended"
        self._stop(Ending(Owner.MACHINE, f"a worker cannot be confined: {words}; run `grader doctor`"))

    def _exactly(self, size: int) -> bytes:
        while len(self._received) < size:
            try:
                part = self._process.receive(max(size - len(self._received), READ_BYTES))
            except TimeoutError:
                self._look()
                continue
            except OSError:
                part = b""
            if not part:
                self._explain_end()
            self._received += part
            self._received_in_all += len(part)
            self._look()
        taken = bytes(self._received[:size])
        del self._received[:size]
        return taken

    def _look(self) -> None:
        """Check the limits from time to time: also while bytes arrive, because a worker may send them very slowly."""
        if self._received_in_all > self._limits.received_mb * MEBI:
            self._stop(crashed(f"sent more than {self._limits.received_mb} MiB in total"))
        if self._watch.due(TICK_SECONDS):
            self._watch.count()
            used, scheduling = self._process.usage()
            ending = of_limits(used, self._watch.look(used, scheduling), self._limits)
            if ending is not None:
                self._stop(ending)

    def _explain_end(self) -> NoReturn:
        """The channel is closed: raise what the worker's exit status means."""
        if not self._confined:
            self._explain_start()
        of_exit(self._end(kill=False), self._limits).stop()

    def _stop(self, ending: Ending) -> NoReturn:
        self._end(kill=True)
        ending.stop()

    def _end(self, *, kill: bool) -> Ended:
        self.alive = False
        self._watch.count()
        ended = self._process.end(kill=kill)
        self._watch.spend(ended.cpu)
        return ended
