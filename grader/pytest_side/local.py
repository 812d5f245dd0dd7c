"""A channel to code in this process, wherever it comes from, with the values, limits and errors of the jail.

Breakpoints work and tracebacks are the student's own. Values pass through the wire's `normalise` both ways, so that
what works here works in the jail.
"""

from __future__ import annotations

import bdb
import warnings
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import pytest

from grader.checks.asking.channel import Channel, HandedOver, StudentStopped, demand_listed, student_error
from grader.checks.asking.time_limit import CPU_SECONDS, cpu_limit
from grader.core.text import seen_from
from grader.course.question_spec import QuestionSpec
from grader.pytest_side.log_filter import ONCE
from grader.worker.forking.preload import preload
from grader.worker.running.dispatch import Dispatcher
from grader.worker.running.failure import describe
from grader.worker.running.forbidden import Forbidden
from grader.worker.running.requests import Request
from grader.worker.wire import codec as wire

R = TypeVar("R")
T = TypeVar("T")
NO_TORCH = "this Python has no PyTorch: run `python -m pip install -r requirements.txt` in the folder of your kit"
# Imported when a student's own code imports it, and not before: most questions that allow these packages do not need
# them.
LIGHT = frozenset({"numpy", "matplotlib", "PIL", "imageio"})
# Raised in the student's frames by the person at the terminal, not by the student's code.
BY_HAND = (KeyboardInterrupt, bdb.BdbQuit, pytest.exit.Exception)


class LocalChannel(Channel):
    """A channel to code in this process.

    Each subclass says where the code comes from, which frames are its own, and how to run it again in another process.
    `root` is the folder that contains it.
    """

    def __init__(
        self,
        root: Path,
        question: QuestionSpec,
        *,
        cpu_seconds: float = CPU_SECONDS,
        graded_seconds: float | None = None,
    ) -> None:
        self._cpu_seconds = cpu_seconds
        self._graded_seconds = graded_seconds
        self._forbidden = Forbidden(question.forbidden)
        self._root = root
        self._question = question
        self._shown_root = seen_from(root, Path.cwd())
        self._dispatcher: Dispatcher | None = None
        self._handed_over = HandedOver()
        self._raised_by_check: BaseException | None = None

    @abstractmethod
    def _load(self) -> Dispatcher:
        """Return a dispatcher that performs requests on the code, once it is loaded."""

    @abstractmethod
    def _is_students(self, filename: str) -> bool:
        """Return whether a frame's file belongs to that code."""

    @property
    def homes(self) -> Mapping[str, str]:
        """The file of the submission in which each name was found, once something has been requested."""
        return self._dispatcher.program.homes if self._dispatcher else {}

    @property
    def loaded(self) -> bool:
        """Whether the student's program has been loaded."""
        return self._dispatcher is not None

    def ask(self, request: Request[R]) -> R:
        """Perform a request with copies of its arguments; return a copy of the result."""
        __tracebackhide__ = True  # pytest omits such frames: those below are the student's
        demand_listed(request, self._question.names)
        dispatcher = self._open()
        parts: Any = wire.normalise(request.parts(), self._handed_over.refer, dispatcher.resolve)
        inside = Request.of(request.verb, parts)

        def act() -> object:
            return wire.normalise(inside.perform(dispatcher), dispatcher.refer)

        return request.taken(self._guarded(act, dispatcher.program.folder))

    def reset(self) -> None:
        """Forget all handles and written files: a new check begins."""
        self._handed_over.forget()
        ONCE.forget()
        if self._dispatcher is not None:
            self._dispatcher.reset()

    def _open(self) -> Dispatcher:
        if self._dispatcher is None:
            # Importing it may take longer than student code is allowed to; if it fails, it fails there.
            heavy = [package for package in self._question.packages or () if package not in LIGHT]
            if "torch" in preload(heavy):  # without torch itself, no check has anything to pass to the code
                raise StudentStopped("raised", NO_TORCH)
            self._dispatcher = self._guarded(self._load, self._root, while_loading=True)
        return self._dispatcher

    def _call_back(self, number: int, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        if self._raised_by_check is not None:
            raise self._raised_by_check  # it was caught, but the call is over nevertheless
        function, dispatcher = self._handed_over.function(number), self._open()
        assert function is not None  # student code calls the function that it was given, not a number
        outside: Any = wire.normalise([list(args), kwargs], dispatcher.refer)
        try:
            with self._forbidden.lifted():
                answer = function(*outside[0], **outside[1])
            return wire.normalise(answer, self._handed_over.refer, dispatcher.resolve)
        except BaseException as error:
            self._raised_by_check = error
            raise

    def _guarded(self, act: Callable[[], T], folder: Path, *, while_loading: bool = False) -> T:
        """Run the student's code in its folder; raise its exceptions as the student's, a check's as the check's."""
        __tracebackhide__ = True
        self._raised_by_check = None
        try:
            with (
                chdir(folder),
                _warned(),
                cpu_limit(self._cpu_seconds, self._graded_seconds),
                self._forbidden.withheld(),
            ):
                result = act()
        except BY_HAND:
            raise
        except StudentStopped as stopped:
            said = self._describe(stopped)
            raise StudentStopped(
                stopped.outcome, stopped.message, student_line=said["line"], traceback=said["traceback"]
            ) from None
        except BaseException as error:
            if self._raised_by_check is not None:
                raise self._raised_by_check from None
            theirs = student_error(self._describe(error), while_loading=while_loading)
            # With the student's own frames, for post-mortem debuggers and --tb=long.
            raise theirs.with_traceback(self._from_their_first_frame(error.__traceback__)) from None
        if self._raised_by_check is not None:
            raise self._raised_by_check
        return result

    def _from_their_first_frame(self, trace: TracebackType | None) -> TracebackType | None:
        while trace is not None and not self._is_students(trace.tb_frame.f_code.co_filename):
            trace = trace.tb_next
        return trace

    def _describe(self, error: BaseException) -> dict[str, str]:
        said = describe(error, self._is_students)
        return {key: text.replace(str(self._root), self._shown_root) for key, text in said.items()}


@contextmanager
def _warned() -> Iterator[None]:
    """Keep the warning filters, except that no warning is an error: to a student, an overflow is a warning."""
    with warnings.catch_warnings():
        warnings.filters[:] = [("default", *one[1:]) if one[0] == "error" else one for one in warnings.filters]  # type: ignore[index]
        warnings.simplefilter("default", append=True)  # which also has Python look at the filters again
        yield
