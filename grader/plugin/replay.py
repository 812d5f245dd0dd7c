"""An example of a check, played again on other code: does that code answer as the submission did?"""

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

from grader.channel import Answer, Channel, Elsewhere, Target
from grader.checks import Submission
from grader.checks.alike import alike
from grader.outcome import Check
from grader.plugin.transcripts import Transcript
from grader.worker import wire
from grader.worker.figures import Figure, as_data
from grader.worker.importing import forget_own_modules
from grader.worker.tensors import as_array

T = TypeVar("T")
EVENTS, BYTES = 300, 16 * 1024 * 1024
PLAIN = frozenset({type(None), bool, int, float})  # most of what comes, and quick to tell


@dataclass(frozen=True)
class Witness:
    """An example of a check, and what came from the student's side when it was run.

    `drawn` tells the example from the check's others, None where that cannot be told; `said` is the mistake that the
    check itself named there, if any.
    """

    check: Check
    example: partial[object]
    events: tuple[object, ...]
    drawn: bytes | None
    said: str = ""


class Differs(BaseException):
    """The other code answers otherwise. A BaseException, so that no check goes on."""


class Recorder:
    """A channel that keeps what comes from the student's side: answers, and what callables are asked.

    It keeps the present example only, and no more than `EVENTS` of at most `BYTES`: after more than that
    the example cannot be compared. Nor can one with a figure or a file: nobody draws quite as another does.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.forget()

    @property
    def whole(self) -> bool:
        """Whether all of the example has been kept."""
        return len(self.events) <= EVENTS and self._size <= BYTES

    def forget(self) -> None:
        """Start a new example."""
        self.events: list[object] = []
        self._size = 0

    def call(
        self, target: Target, args: tuple[object, ...], kwargs: dict[str, object], *, keep_arguments: bool
    ) -> Answer:
        """Call through the channel, listening to what the check's own callables are asked."""
        heard = tuple(map(self._listening, args))
        named = {key: self._listening(value) for key, value in kwargs.items()}
        answer = self._asked(partial(self._channel.call, target, heard, named, keep_arguments=keep_arguments))
        self.keep([answer.result, answer.left, answer.changed])
        return answer

    @property
    def homes(self) -> Mapping[str, str]:
        """Where names were found through the channel."""
        return self._channel.homes

    def repeat(self, target: Target, first: object, seconds: list[object], order: list[int]) -> list[object]:
        """Repeat a call through the channel, listening as in `call`."""
        heard = [self._listening(value) for value in seconds]
        return self._kept(partial(self._channel.repeat, target, first, heard, order))

    def read(self, handle: int, attribute: str) -> object:
        """Read through the channel."""
        return self._kept(partial(self._channel.read, handle, attribute))

    def path(self, name: str) -> str:
        """Ask for a path through the channel. What writes a file takes long and is not played again."""
        self._size = BYTES + 1
        return self._channel.path(name)

    def file(self, path: str) -> bytes | None:
        """Read a file through the channel."""
        self._size = BYTES + 1
        return self._channel.file(path)

    def elsewhere(self, how: Elsewhere) -> AbstractContextManager[Channel]:
        """Ask for another process through the channel. What is trained there takes long and is not played again."""
        self._size = BYTES + 1
        return self._channel.elsewhere(how)

    def reset(self) -> None:
        """Start a new check."""
        self.forget()
        self._channel.reset()

    def keep(self, event: object) -> None:
        """Take note of one thing that came from the student's side."""
        if self.whole:
            self._size += _weight(event)
            self.events.append(event)

    def _kept(self, ask: Callable[[], T]) -> T:
        answer = self._asked(ask)
        self.keep(answer)
        return answer

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


class Comparison(Recorder):
    """A channel that ends the example as soon as something comes that did not come in `original`."""

    def __init__(self, channel: Channel, original: Sequence[object]) -> None:
        super().__init__(channel)
        self._original = original

    def keep(self, event: object) -> None:
        """Compare with what came in its place."""
        place = len(self.events)
        self._size += _weight(event)
        self.events.append(copy.deepcopy(event))  # the check may change what it is given
        if place == len(self._original) or not alike(self._original[place], event):
            raise Differs

    def transcript(self, *, ended: bool) -> Transcript:
        """Return what came."""
        return Transcript(tuple(self.events), ended, self._size)


def played(
    example: Callable[[], object], submission: Submission, original: Sequence[object], channel: Channel
) -> Transcript:
    """Play an example again through `channel`, for as long as all comes as it came in `original`."""
    comparison = Comparison(channel, original)
    try:
        with aside():
            submission.begin(comparison, changes=submission.changes.copy())
            example()
    except KeyboardInterrupt:
        raise
    except Differs:
        return comparison.transcript(ended=False)
    except BaseException:  # a check that fails does so by an exception, on known wrong work as on any
        pass
    return comparison.transcript(ended=True)


@contextmanager
def aside() -> Iterator[None]:
    """Keep what code of staff's prints, warns of and imports from the process that it is a guest in."""
    finders = list(sys.meta_path)
    nowhere = io.StringIO()
    try:
        with np.errstate(all="ignore"), redirect_stdout(nowhere), redirect_stderr(nowhere):
            yield
    finally:
        sys.meta_path[:] = finders
        forget_own_modules()


def _weight(value: object) -> int:
    """Return about how many bytes a value takes."""
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
