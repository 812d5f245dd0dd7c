"""The student's side of `submission`: their own module in their own process, same value semantics.

Breakpoints work and tracebacks are the student's own. Values pass through the wire's `normalise`
both ways, so that what works here works in the jail.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from grader.channel import StudentRaised, StudentStopped, Target
from grader.worker import wire
from grader.worker.dispatch import Dispatcher
from grader.worker.failure import message_of, stop_of, student_line, student_traceback
from grader.worker.program import Program, load


class InProcess:
    """A channel to the submission in this process; one for each question, so that state is apart."""

    def __init__(self, root: Path, files: Iterable[str], module: str, names: Iterable[str]) -> None:
        self._arguments = (root, tuple(files), module, tuple(names))
        self._dispatcher: Dispatcher | None = None
        self._callables: list[Callable[..., object]] = []
        self._raised_by_check: BaseException | None = None

    def call(
        self, target: Target, args: tuple[object, ...], kwargs: dict[str, object], *, keep_arguments: bool
    ) -> tuple[object, tuple[object, ...]]:
        """Call the student's function with copies of the arguments; return copies of what it gives."""
        dispatcher = self._open()
        inside: Any = wire.normalise([list(args), kwargs], self._refer, dispatcher.resolve)
        result = self._guarded(lambda: dispatcher.call(target, *inside))
        left: Any = inside[0] if keep_arguments else []
        outside: Any = self._guarded(lambda: wire.normalise([result, left], dispatcher.refer))
        return outside[0], tuple(outside[1])

    def read(self, handle: int, attribute: str) -> object:
        """Return a copy of an attribute of a student's object."""
        dispatcher = self._open()
        return self._guarded(lambda: wire.normalise(dispatcher.read(handle, attribute), dispatcher.refer))

    def reset(self) -> None:
        """Forget all handles: a new check begins."""
        self._callables.clear()
        if self._dispatcher is not None:
            self._dispatcher.reset()

    def _open(self) -> Dispatcher:
        if self._dispatcher is None:
            root, files, module, names = self._arguments
            program: Program = load(root, files, module, names, real_paths=True)
            self._dispatcher = Dispatcher(program, self._call_back)
        return self._dispatcher

    def _refer(self, value: object) -> wire.Handle | wire.Callback:
        if isinstance(value, wire.Handle):
            return value
        if not callable(value):
            raise wire.WireError(f"a check passed in a {type(value).__name__}, which cannot cross")
        self._callables.append(value)
        return wire.Callback(len(self._callables) - 1)

    def _call_back(self, number: int, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        dispatcher = self._open()
        outside: Any = wire.normalise([list(args), kwargs], dispatcher.refer)
        try:
            answer = self._callables[number](*outside[0], **outside[1])
        except BaseException as error:
            self._raised_by_check = error
            raise
        return wire.normalise(answer, self._refer, dispatcher.resolve)

    def _guarded(self, act: Callable[[], object]) -> object:
        """Run the student's code; what it raises arrives as the student's, what a check raised as the check's."""
        self._raised_by_check = None
        try:
            result = act()
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            if self._raised_by_check is not None:
                raise self._raised_by_check from None
            stop = self._as_the_students(error)
            if stop is error:
                raise
            raise stop from error
        if self._raised_by_check is not None:
            raise self._raised_by_check
        return result

    def _as_the_students(self, error: BaseException) -> BaseException:
        where = {
            "student_line": student_line(error, self._is_students),
            "traceback": student_traceback(error, self._is_students),
        }
        outcome = stop_of(error)
        if outcome is not None:
            return StudentStopped(
                outcome, message_of(error), student_line=where["student_line"], traceback=where["traceback"]
            )
        if not isinstance(error, Exception):
            return StudentRaised(message_of(error))
        error.raised_by_student = True  # type: ignore[attr-defined]
        error.student_line = where["student_line"]  # type: ignore[attr-defined]
        error.student_traceback = where["traceback"]  # type: ignore[attr-defined]
        return error

    def _is_students(self, filename: str) -> bool:
        return filename.startswith(f"{self._arguments[0]}{os.sep}")
