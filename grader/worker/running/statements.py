"""Runs statements of one file in a module of their own; if one of them fails, only the names that it binds are lost."""

from __future__ import annotations

import linecache
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType, ModuleType

from ..reading.magics import MAIN, Shell
from ..reading.plan import Prepared, Statement
from .importing import OwnFiles, execute
from .placeholder import ForbiddenUse
from .stand_ins import Shown

# The share of the CPU time for loading that the statements of a whole program may use; imports come on top.
WHOLE_SHARE = 0.5
IMPORTER = "<frozen importlib._bootstrap>"
# The share of what remains that one statement may use.
SHARE = 0.2
# The minimum: defining something takes far less.
LEAST_SECONDS = 0.05


# A statement's place in the submission: its file, and its number there.
Place = tuple[str, int]


class TooLong(BaseException):
    """A statement of a whole program used more CPU time than one may."""


class Allowance:
    """The CPU time that the statements of a whole program share, so that no loop blocks what follows.

    Each may use a fifth of what earlier ones have left, except for imports, which are completed; one that is known to
    be `slow` gets the minimum. Without such a timer (Windows), and outside the main thread, nothing is limited: see
    `enforced`.
    """

    def __init__(self, seconds: float, slow: Iterable[Place] = ()) -> None:
        self._seconds = self._left = seconds
        self.slow = set(slow)

    @staticmethod
    def enforced() -> bool:
        """Return whether a statement can be interrupted here."""
        return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    @contextmanager
    def for_one(self, statement: Statement, place: Place) -> Iterator[None]:
        """Raise TooLong in the running code once it has used up one statement's time, and remember its place."""
        if statement.is_import or not self.enforced():
            yield
            return
        seconds = LEAST_SECONDS if place in self.slow else max(self._left * SHARE, LEAST_SECONDS)
        before = signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            yield
        except TooLong:
            if seconds > self._seconds * SHARE / 2:  # not if others have left it little
                self.slow.add(place)
            raise
        finally:
            left, _ = signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
            self._left -= seconds - left


def _stop(number: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_code.co_filename == IMPORTER:  # half of a package would affect everything that comes after
            signal.setitimer(signal.ITIMER_PROF, LEAST_SECONDS)
            return
        frame = frame.f_back
    raise TooLong("it takes too long to run with everything else")


def new_module(path: Path, own: OwnFiles) -> ModuleType:
    """Return the empty module in which a part of the file at `path` runs."""
    # A module of its own, so that dataclasses and pickles of the student's find their module; not
    # under the plain stem, which belongs to the whole file if another file imports it.
    module = ModuleType(f"submission_{path.stem}")
    module.__dict__["__builtins__"] = own.names
    if path.suffix == ".py":
        module.__file__ = str(path)
        module.__package__ = own.package(path.parent)
    else:
        _give_shell(module, path, own)
    sys.modules[module.__name__] = module
    return module


def whole_module(path: Path, name: str, own: OwnFiles) -> ModuleType:
    """Return the empty module in which all of the file at `path` runs: a notebook is the main program.

    A script is the module `name`, under which other files of the submission import it.
    """
    if path.suffix == ".ipynb":
        module = ModuleType(MAIN)
        module.__dict__["__builtins__"] = own.names
        _give_shell(module, path, own)
        return module
    module = own.begun(name, path)
    module.__file__ = str(Path.cwd() / path.name)  # the path of a copy, beside what may be written
    return module


def _give_shell(module: ModuleType, path: Path, own: OwnFiles) -> None:
    """Add to a notebook's module what its kernel would add."""
    module.__dict__["get_ipython"] = partial(Shell, module, path.parent, own)
    module.__dict__["display"] = Shown


def run(
    file: Prepared, statements: Iterable[Statement], module: ModuleType, failures: dict[str, BaseException]
) -> None:
    """Run `statements` of a file; `failures` maps the names that should have been bound to what was raised instead."""
    _show(file)
    for statement in statements:
        try:
            execute(statement.code, module.__dict__)
        except (Exception, ForbiddenUse, SystemExit, GeneratorExit) as error:
            failures.update(dict.fromkeys(statement.binds, error))
            for name in statement.binds:
                module.__dict__.pop(name, None)
        else:
            for name in statement.binds:
                failures.pop(name, None)


@contextmanager
def as_main(module: ModuleType | None) -> Iterator[None]:
    """Make `module`, if it is a notebook's, the main program while its code runs."""
    before = sys.modules[MAIN]
    if module is not None and module.__name__ == MAIN:
        sys.modules[MAIN] = module
    try:
        yield
    finally:
        sys.modules[MAIN] = before


def run_whole(file: Prepared, label: str, module: ModuleType, allowance: Allowance) -> dict[str, object]:
    """Run all statements of a file, whatever they raise; return its untouched stubs, by name."""
    stubs: dict[str, object] = {}
    _show(file)
    for number, statement in enumerate(file.statements):
        try:
            with allowance.for_one(statement, (label, number)):
                execute(statement.code, module.__dict__)
        except TooLong:
            continue
        except (Exception, ForbiddenUse, SystemExit, GeneratorExit):
            for name in statement.binds:  # what was there before is not what the file says
                module.__dict__.pop(name, None)
            continue
        if statement.is_stub:
            stubs.update((name, module.__dict__.get(name)) for name in statement.binds)
    return stubs


def _show(file: Prepared) -> None:
    """Make tracebacks and `inspect` show the file's lines."""
    for filename, text in file.cells:
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
