"""The trusted end of one worker's channel: requests out, replies in, within limits.

Everything that arrives is hostile. A frame that is no wire value, belongs to another request or
claims too much ends the worker as *crashed*.
"""

from __future__ import annotations

import contextlib
import secrets
import signal
import time
from collections.abc import Callable
from typing import Any, NoReturn

from grader.channel import StudentStopped
from grader.errors import GraderFault
from grader.jail.limits import MEBI, Budget, Limits
from grader.jail.warm import Ended, WorkerProcess
from grader.outcome import Outcome
from grader.worker import wire

TICK_SECONDS = 0.05
READ_BYTES = 1 << 16
CallBack = Callable[[int, Any, Any], object]

ENDED_ITSELF = "the worker process was ended by the submitted code (os._exit or the like)"


class Connection:
    """Speaks with one worker. `alive` is False once it has ended, for whatever reason."""

    def __init__(self, process: WorkerProcess, limits: Limits, budget: Budget) -> None:
        self._process = process
        self._limits = limits
        self._budget = budget
        self._cpu_before = 0.0
        self._cpu_known = 0.0
        self._started = self._looked = self._answered = time.monotonic()
        self._received = bytearray()
        self._received_in_all = 0
        self.alive = True
        self.printed = ""

    def start_watch(self) -> None:
        """Begin a check: its CPU and wall time count from here."""
        now = time.monotonic()
        # To ask what was used so far costs as much as a call. It cannot be more than the time that went
        # by since it was last known, so this much is let go: in doubt for the student.
        self._cpu_before = self._cpu_known + now - self._looked
        self._budget.spend(0.0, self._answered - self._started)
        self._started = self._answered = now
        self._received_in_all = 0
        self.printed = ""

    def request(self, body: list[Any], refer: wire.Referrer, call_back: CallBack) -> tuple[str, Any]:
        """Send a request and return the kind and value of its reply, serving callbacks meanwhile.

        Raises StudentStopped when the worker ends. What the student's code raised comes as
        ``("error", description)``, a returned value as ``("ok", value)``.
        """
        if self._budget.exhausted:
            self._stop(Outcome.TIMED_OUT, "the time that one submission may use in all is spent")
        # What the check itself takes between two requests, to import torch say, is not the submission's time.
        self._started += time.monotonic() - self._answered
        identity = secrets.token_bytes(8)
        self._send(wire.encode([identity, *body], refer))
        callbacks = 0
        while True:
            message = self._receive()
            if len(message) < 3 or type(message[1]) is not bytes or message[1] != identity:
                self._stop(Outcome.CRASHED, "the worker sent a message that belongs to no call")
            kind = message[0] if type(message[0]) is str else ""
            if kind == "back" and len(message) == 5:
                callbacks += 1
                if callbacks > self._limits.callbacks:
                    self._stop(
                        Outcome.TIMED_OUT, f"a function that was passed in was called over {callbacks - 1} times"
                    )
                self._send(wire.encode(["answer", call_back(*message[2:])], refer))
            elif kind in {"ok", "error"} and len(message) == 4:
                self._keep_printed(message[3])
                self._answered = time.monotonic()
                return kind, message[2]
            else:
                self._stop(Outcome.CRASHED, "the worker sent a message of an unknown kind")

    def close(self) -> None:
        """End the worker."""
        if self.alive:
            with contextlib.suppress(GraderFault):  # the warm process has died, and its workers with it
                self._end(kill=True)

    def _keep_printed(self, text: object) -> None:
        if isinstance(text, str):
            self.printed = (self.printed + text)[:16_000]

    def _send(self, frame: bytes) -> None:
        self._process.channel.settimeout(self._limits.wall_seconds)
        try:
            self._process.channel.sendall(frame)
        except TimeoutError:
            self._stop(Outcome.TIMED_OUT, "the submitted code did not read what it was asked", by_wall_clock=True)
        except OSError:
            self._explain_end()

    def _receive(self) -> list[Any]:
        self._look()
        try:
            header, buffers = wire.lengths(self._exactly(wire.PREFIX.size))
            message = wire.decode(self._exactly(header), self._exactly(buffers))
        except wire.WireError as error:
            self._stop(Outcome.CRASHED, f"the worker sent something unreadable: {error}")
        if not isinstance(message, list):
            self._stop(Outcome.CRASHED, "the worker sent something that is no message")
        return message

    def _exactly(self, size: int) -> bytes:
        while len(self._received) < size:
            self._process.channel.settimeout(TICK_SECONDS)
            try:
                part = self._process.channel.recv(max(size - len(self._received), READ_BYTES))
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
        """Check the limits, now and then: also while bytes come in, or a worker that drips them has no end."""
        if self._received_in_all > self._limits.received_mb * MEBI:
            self._stop(Outcome.CRASHED, f"sent more than {self._limits.received_mb} MiB in all")
        if time.monotonic() - self._looked >= TICK_SECONDS:
            self._check_limits()
            self._looked = time.monotonic()

    def _check_limits(self) -> None:
        used = self._process.usage()
        self._budget.spend(used.cpu - self._cpu_known, 0.0)
        self._cpu_known = used.cpu
        wall = time.monotonic() - self._started
        cpu = used.cpu - self._cpu_before
        if cpu > self._limits.cpu_seconds:
            self._stop(Outcome.TIMED_OUT, f"used more than {self._limits.cpu_seconds:g} s of CPU time")
        if wall > self._limits.wall_seconds:
            message = f"no answer within {self._limits.wall_seconds:g} s"
            self._stop(Outcome.TIMED_OUT, message, by_wall_clock=True)
        if used.disk > self._limits.disk_mb * MEBI or used.files > self._limits.files:
            message = f"wrote more than {self._limits.disk_mb} MiB or {self._limits.files} files to disk"
            self._stop(Outcome.CRASHED, message)

    def _explain_end(self) -> NoReturn:
        """The channel is closed: raise what the worker's exit status says."""
        ended = self._end(kill=False)
        spent = ended.cpu >= self._limits.worker_cpu_seconds - 1
        if ended.status == -signal.SIGXCPU or (ended.status == -signal.SIGKILL and spent):
            raise StudentStopped(Outcome.TIMED_OUT, "used up all of its CPU time")
        if ended.status < 0:
            raise StudentStopped(
                Outcome.CRASHED, f"the Python process of the submission crashed ({_signal(-ended.status)})"
            )
        raise StudentStopped(Outcome.CRASHED, ENDED_ITSELF)

    def _stop(self, outcome: Outcome, message: str, *, by_wall_clock: bool = False) -> NoReturn:
        self._end(kill=True)
        raise StudentStopped(outcome, message, by_wall_clock=by_wall_clock)

    def _end(self, *, kill: bool) -> Ended:
        self.alive = False
        ended = self._process.end(kill=kill)
        self._budget.spend(ended.cpu - self._cpu_known, time.monotonic() - self._started)
        return ended


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # real-time signals have no names
        return f"signal {number}"
