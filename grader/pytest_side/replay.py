"""Runs an example of a check again on other code: does that code answer as the submission did?"""

from __future__ import annotations

import copy
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from grader.checks import Submission
from grader.checks.asking.channel import Channel, Elsewhere
from grader.checks.asking.submission import exchange_of
from grader.checks.comparing.alike import alike
from grader.core.outcome import Check
from grader.pytest_side.transcripts import Transcript
from grader.worker.running.importing import forget_own_modules
from grader.worker.running.requests import Answer, Request
from grader.worker.wire import codec as wire
from grader.worker.wire.figures import Figure, as_data
from grader.worker.wire.tensors import as_array

R = TypeVar("R")
T = TypeVar("T")
EVENTS, BYTES = 300, 16 * 1024 * 1024
PLAIN = frozenset({type(None), bool, int, float})  # most of what is compared, and quick to recognize


@dataclass(frozen=True)
class Witness:
    """An example of a check, and what came from the student's side when it ran.

    `drawn` distinguishes the example from others of the check; None if that is not possible. `said` is the mistake that
    the check itself named there, if any.
    """

    check: Check
    example: partial[object]
    events: tuple[object, ...]
    drawn: bytes | None
    said: str = ""


class Differs(BaseException):
    """The other code answers differently. A BaseException, so that no check handles it and goes on."""


class Recorder(Channel):
    """A channel that records what comes from the student's side: answers, and calls of the check's functions.

    It records only the present example, at most `EVENTS` events and `BYTES` bytes: an example with more cannot be
    compared. Nor can one with a figure or a file, since no two people draw alike.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.forget()

    @property
    def whole(self) -> bool:
        """Whether all of the example has been recorded."""
        return len(self.events) <= EVENTS and self._size <= BYTES

    def forget(self) -> None:
        """Start a new example."""
        self.events: list[object] = []
        self._size = 0

    @property
    def homes(self) -> Mapping[str, str]:
        """The files in which the channel found names."""
        return self._channel.homes

    def ask(self, request: Request[R]) -> R:
        """Ask through the channel, and record the calls of the check's own functions."""
        if not request.replayed:
            self._size = BYTES + 1
            return self._channel.ask(request)
        answer = self._asked(partial(self._channel.ask, request.watched(self._listening)))
        self.keep([answer.result, answer.left, answer.changed] if isinstance(answer, Answer) else answer)
        return answer

    def elsewhere(self, how: Elsewhere) -> AbstractContextManager[Channel]:
        """Ask the channel for another process. Training there takes long and is not run again for a comparison."""
        self._size = BYTES + 1
        return self._channel.elsewhere(how)

    def reset(self) -> None:
        """Start a new check."""
        self.forget()
        self._channel.reset()

    def keep(self, event: object) -> None:
        """Record one event from the student's side."""
        if self.whole:
            self._size += _weight(event)
            self.events.append(event)

    def _asked(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except Exception as error:
            if getattr(error, "raised_by_student", False):
                self.keep(f"raised {getattr(error, 'student_message', '')}")
            raise

    def _listening(self, value: object) -> object:
        if not callable(value) or isinstance(value, wire.Affine):
            return value

        def listen(*args: object, **kwargs: object) -> object:
            self.keep([list(args), kwargs])
            return value(*args, **kwargs)

        return listen


class Heard:
    """Passes what a recorder has recorded to a listener after each example, up to the first that fails."""

    def __init__(self, recorder: Recorder, listener: Callable[[Sequence[object]], None] | None) -> None:
        self._recorder = recorder
        self._listener = listener

    def example_ended(self) -> None:
        """Pass on the events of an example; do nothing if none has run yet, or it was not recorded completely."""
        if self._listener is not None and self._recorder.events:
            self._listener(tuple(self._recorder.events) if self._recorder.whole else ())

    def check_ended(self) -> None:
        """Pass on the events of the last example that counts."""
        self.example_ended()
        self._listener = None


class Comparison(Recorder):
    """A channel that ends the example as soon as an event differs from the one in `original`."""

    def __init__(self, channel: Channel, original: Sequence[object]) -> None:
        super().__init__(channel)
        self._original = original

    def keep(self, event: object) -> None:
        """Compare an event with the original one."""
        place = len(self.events)
        self._size += _weight(event)
        self.events.append(copy.deepcopy(event))  # the check may change what it receives
        if place == len(self._original) or not alike(self._original[place], event):
            raise Differs

    def transcript(self, *, ended: bool) -> Transcript:
        """Return the events so far."""
        return Transcript(tuple(self.events), ended, self._size)


def played(
    example: Callable[[], object], submission: Submission, original: Sequence[object], channel: Channel
) -> Transcript:
    """Run an example again through `channel` for as long as all events are the same as in `original`."""
    comparison, exchange = Comparison(channel, original), exchange_of(submission)
    try:
        with aside():
            exchange.begin(comparison, changes=exchange.changes.copy())
            example()
    except KeyboardInterrupt:
        raise
    except Differs:
        return comparison.transcript(ended=False)
    except BaseException:  # a check that fails raises an exception, on known wrong work as on any other
        pass
    return comparison.transcript(ended=True)


@contextmanager
def aside() -> Iterator[None]:
    """Keep the output, warnings and imports of staff's code out of the process that runs it."""
    finders = list(sys.meta_path)
    nowhere = io.StringIO()
    try:
        with np.errstate(all="ignore"), redirect_stdout(nowhere), redirect_stderr(nowhere):
            yield
    finally:
        sys.meta_path[:] = finders
        forget_own_modules()


def _weight(value: object) -> int:
    """Return approximately how many bytes a value takes."""
    if type(value) in PLAIN:
        return 8
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if (numbers := as_array(value)) is not None:
        return int(numbers.nbytes)
    if isinstance(value, Figure):
        return _weight(as_data(value))
    if isinstance(value, dict):
        return sum(map(_weight, value.values()))
    if isinstance(value, (list, tuple)):
        return 8 + sum(map(_weight, value))
    return len(value) if isinstance(value, (str, bytes)) else 8
