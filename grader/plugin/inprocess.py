"""The student's side of `submission`: their own module in their own process, same value semantics.

Breakpoints work and tracebacks are the student's own. Values pass through the wire's `normalise`
both ways, so that what works here works in the jail.
"""

from __future__ import annotations

import bdb
import os
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import pytest

from grader.channel import (
    Answer,
    Channel,
    Elsewhere,
    StudentStopped,
    Target,
    answer_of,
    demand_listed,
    student_error,
)
from grader.patience import CPU_SECONDS, cpu_limit
from grader.plugin.aside import Aside
from grader.plugin.once import ONCE, say_once
from grader.worker import wire
from grader.worker.dispatch import PROGRAM, Dispatcher
from grader.worker.failure import describe
from grader.worker.forbidden import Forbidden
from grader.worker.preload import preload
from grader.worker.program import load
from grader.worker.running import Allowance

T = TypeVar("T")
NO_TORCH = "this Python has no PyTorch: run `python -m pip install -r requirements.txt` in the folder of your kit"
# Raised in the student's frames by who sits before the terminal, not by the student's code.
BY_HAND = (KeyboardInterrupt, bdb.BdbQuit, pytest.exit.Exception)


class InProcess:
    """A channel to the submission in this process; one for each question, so that state is apart."""

    def __init__(
        self,
        root: Path,
        files: Iterable[str],
        module: str,
        names: Iterable[str],
        packages: Collection[str] | None = None,
        *,
        lent: Path | None = None,
        cpu_seconds: float = CPU_SECONDS,
        graded_seconds: float | None = None,
        forbidden: Sequence[str] = (),
    ) -> None:
        os.environ.setdefault("MPLBACKEND", "Agg")  # no windows; a notebook's kernel has set its own
        say_once()
        self._lent = lent
        self._cpu_seconds = cpu_seconds
        self._graded_seconds = graded_seconds
        self._seconds = max(cpu_seconds, graded_seconds or 0.0)
        self._forbidden = Forbidden(forbidden)
        self._forbidden_names = tuple(forbidden)
        self._root = root
        self._files = tuple(files)
        self._module = module
        self._names = tuple(names)
        self._allowed = tuple(packages or ())
        # What `breakpoint()` starts is imported in the name of the student's code.
        debugger = os.environ.get("PYTHONBREAKPOINT", "").partition(".")[0]
        self._packages = None if packages is None else (*packages, debugger)
        self._shown_root = os.path.relpath(root)
        self._paths = frozenset(str(root / file) for file in self._files)
        self._dispatcher: Dispatcher | None = None
        self._callables: list[Callable[..., object]] = []
        self._raised_by_check: BaseException | None = None

    @property
    def homes(self) -> Mapping[str, str]:
        """The file of the submission that each name was found in, once something has been asked."""
        return self._dispatcher.program.homes if self._dispatcher else {}

    @property
    def loaded(self) -> bool:
        """Whether the student's program has been loaded."""
        return self._dispatcher is not None

    @property
    def differs(self) -> bool:
        """Whether more of the submission could be run than was, and that may matter: see `Program`."""
        return Allowance.enforced() and self._dispatcher is not None and self._dispatcher.program.differs

    def call(
        self, target: Target, args: tuple[object, ...], kwargs: dict[str, object], *, keep_arguments: bool
    ) -> Answer:
        """Call the student's function with copies of the arguments; return copies of what it gives."""
        __tracebackhide__ = True  # pytest leaves such frames out: what is below them is the student's
        if len(target) == 1:
            demand_listed(target[0], self._names)
        dispatcher = self._open()
        inside: Any = wire.normalise([list(args), kwargs], self._refer, dispatcher.resolve)

        def act() -> Any:
            answer = dispatcher.answer(target, *inside, keep_arguments=keep_arguments)
            return wire.normalise(answer, dispatcher.refer)

        return answer_of(self._guarded(act, dispatcher.program.folder))

    def repeat(self, target: Target, first: object, seconds: list[object], order: list[int]) -> list[object]:
        """Call the student's function again and again, each time with a copy of its last result."""
        __tracebackhide__ = True
        if len(target) == 1:
            demand_listed(target[0], self._names)
        dispatcher = self._open()
        inside: Any = wire.normalise([first, seconds], self._refer, dispatcher.resolve)

        def act() -> Any:
            return wire.normalise(dispatcher.repeat(target, inside[0], inside[1], order), dispatcher.refer)

        return self._guarded(act, dispatcher.program.folder)

    def read(self, handle: int, attribute: str) -> object:
        """Return a copy of an attribute of a student's object."""
        __tracebackhide__ = True
        if handle == PROGRAM:
            demand_listed(attribute, self._names)
        dispatcher = self._open()
        return self._guarded(
            lambda: wire.normalise(dispatcher.read(handle, attribute), dispatcher.refer), dispatcher.program.folder
        )

    def path(self, name: str) -> str:
        """Return where the student's code is to write a file."""
        return self._open().written.path(name)

    def file(self, path: str) -> bytes | None:
        """Return what the student's code wrote there."""
        return self._open().written.read(path)

    @contextmanager
    def elsewhere(self, how: Elsewhere) -> Iterator[Channel]:
        """Give a channel to the same files in a new process."""
        with self._aside(self._files, how) as aside:
            yield aside

    @contextmanager
    def _aside(self, files: Iterable[str], how: Elsewhere) -> Iterator[Channel]:
        work = {
            "root": str(self._root.resolve()), "files": list(files), "module": self._module,
            "packages": list(self._allowed), "lent": str(self._lent.resolve()) if self._lent else "",
            "graded_seconds": self._graded_seconds, "forbidden": list(self._forbidden_names),
        }  # fmt: skip
        aside = Aside(work, how)
        try:
            yield aside
        finally:
            aside.close()

    def reset(self) -> None:
        """Forget all handles and what was written: a new check begins."""
        self._callables.clear()
        ONCE.forget()
        if self._dispatcher is not None:
            self._dispatcher.reset()

    def _open(self) -> Dispatcher:
        if self._dispatcher is None:
            # Which may take longer than the student's code may; what fails, fails there.
            if "torch" in preload(self._allowed):  # but without this no check has anything to hand over
                raise StudentStopped("raised", NO_TORCH)
            self._dispatcher = self._guarded(self._load, self._root, while_loading=True)
        return self._dispatcher

    def _load(self) -> Dispatcher:
        program = load(
            self._root, self._files, self._module, self._names,
            real_paths=True, packages=self._packages, lent=self._lent,
        )  # fmt: skip
        return Dispatcher(program, self._call_back)

    def _refer(self, value: object) -> wire.Handle | wire.Callback:
        if isinstance(value, wire.Handle):
            return value
        if not callable(value):
            raise wire.WireError(f"a check passed in a {type(value).__name__}, which cannot cross")
        self._callables.append(value)
        return wire.Callback(len(self._callables) - 1)

    def _call_back(self, number: int, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        if self._raised_by_check is not None:
            raise self._raised_by_check  # it was caught, and the call is over all the same
        dispatcher = self._open()
        outside: Any = wire.normalise([list(args), kwargs], dispatcher.refer)
        try:
            with self._forbidden.lifted():
                answer = self._callables[number](*outside[0], **outside[1])
            return wire.normalise(answer, self._refer, dispatcher.resolve)
        except BaseException as error:
            self._raised_by_check = error
            raise

    def _guarded(self, act: Callable[[], T], folder: Path, *, while_loading: bool = False) -> T:
        """Run the student's code in its folder; what it raises arrives as the student's, a check's as the check's."""
        __tracebackhide__ = True
        self._raised_by_check = None
        try:
            # A project may make warnings errors; a student's overflow is a warning to them and no more.
            with (
                chdir(folder),
                warnings.catch_warnings(action="default"),
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
            # With the student's own frames, which a debugger after the fact and --tb=long go to.
            raise theirs.with_traceback(self._from_their_first_frame(error.__traceback__)) from None
        if self._raised_by_check is not None:
            raise self._raised_by_check
        return result

    def _from_their_first_frame(self, trace: TracebackType | None) -> TracebackType | None:
        while trace is not None and not self._is_students(trace.tb_frame.f_code.co_filename):
            trace = trace.tb_next
        return trace

    def _is_students(self, filename: str) -> bool:
        return filename.partition("[cell ")[0] in self._paths

    def _describe(self, error: BaseException) -> dict[str, str]:
        said = describe(error, self._is_students)
        return {key: text.replace(str(self._root), self._shown_root) for key, text in said.items()}
