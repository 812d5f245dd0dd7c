"""A student's program for one question: the slice of the submission that its names depend on, run."""

from __future__ import annotations

import difflib
import linecache
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import chdir, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from posixpath import basename, splitext
from types import ModuleType

from .importing import OwnFiles, execute
from .overview import elsewhere, unread
from .placeholder import ForbiddenUse
from .plan import ANY_NAME, Broken, Prepared, from_bytes, in_the_way, prepare, to_bytes
from .problems import rebuilt
from .slicing import needed
from .versions import in_order

# Files made ready, as bytes, by their labels.
Plan = Mapping[str, bytes]
SOURCES = {".py", ".ipynb"}
LISTED_NAMES = 12
CELL = "[cell "
COPIED_FILES, COPIED_BYTES = 200, 16 * 1024 * 1024


class MissingName(Exception):
    """The submission defines no such name; the message says what it does define."""


class NotLoaded(BaseException):
    """A name is not there because of `error`, which its definition raised."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(error)
        self.error = error


@dataclass
class Program:
    """The names of one question, found wherever they stand in the submission.

    `failures` holds what the statement that should have bound a name raised instead; it is told when
    that name is asked for, so a failing cell costs only what it defines. `broken` are the cells that are no
    Python. `folder` is where the first
    of the files lies that names were found in. `elsewhere` says where a name stands that is not defined.
    """

    folder: Path = Path()
    names: dict[str, object] = field(default_factory=dict)
    failures: dict[str, BaseException] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)
    defined: set[str] = field(default_factory=set)
    elsewhere: Callable[[str], str] = lambda name: ""

    def get(self, name: str) -> object:
        """Return the object called `name`; raise NotLoaded if its definition failed, or MissingName."""
        if name in self.names:
            return self.names[name]
        self.demand_loaded(name)
        problem = in_the_way(self.broken, name)
        if problem is not None:
            raise NotLoaded(problem)
        for what in (rebuilt(told) for told, _, _ in self.broken):
            file = getattr(what, "filename", None) or ""
            if file and CELL not in file:  # of a whole script
                raise MissingName(f"the submission defines no {name!r}; {unread(basename(file), what)}")
        if said := self.elsewhere(name):
            raise MissingName(f"the submission defines no {name!r}; {said}")
        close = difflib.get_close_matches(name, self.defined - self.names.keys(), n=1)  # those are asked for too
        hint = f"did you mean {close[0]}?" if close else f"it defines {self._listed()}"
        note = "".join(f"; note: {rebuilt(problem)}" for problem, _, _ in self.broken[:1])
        raise MissingName(f"the submission defines no {name!r}; {hint}{note}")

    def demand_loaded(self, name: str | None) -> None:
        """Raise NotLoaded if the definition of `name` failed."""
        if name in self.failures:
            raise NotLoaded(self.failures[name])

    def _listed(self) -> str:
        names = sorted(self.defined)
        more = ["…"] if len(names) > LISTED_NAMES else []
        return ", ".join([*names[:LISTED_NAMES], *more]) or "nothing"


def load(
    root: Path,
    files: Iterable[str],
    module: str,
    names: Iterable[str],
    *,
    real_paths: bool = False,
    packages: Collection[str] | None = None,
    plan: Plan | None = None,
    lent: Path | None = None,
) -> Program:
    """Read the submission's `files` below `root` and run what `names` depend on.

    `module` is where the names belong; they are also found in any other script or notebook, the
    one called `module` first, then the rest as `files` has them. `real_paths` is for a student's
    own process: code objects carry whole paths, so that a debugger's breakpoints hold, and data files
    are read where they lie. Elsewhere they are copied to the working folder, which can be written to.
    `packages` are those that may be imported; None allows all that are there. `plan` is what `draw`
    gave for the same submission; what it holds is not read again. `lent` is a folder of packages that stand
    in for installed ones.
    """
    program, wanted = Program(root), set(names)
    program.elsewhere = partial(elsewhere, root, tuple(files))
    work = _Work(root, tuple(files), real_paths, packages, plan or {}, lent=lent)
    for label, stubs in work.places(module):
        if wanted:
            work.take(label, program, wanted, stubs=stubs)
            wanted -= program.names.keys() | program.failures.keys()
    return program


def draw(root: Path, files: Iterable[str], module: str, names: Iterable[str], plan: Plan) -> Plan:
    """Return what `plan` lacks of the files in which `load` will find `names`. Runs nothing of them."""
    work, wanted = _Work(root, tuple(files), plan=plan), set(names)
    for label, stubs in work.places(module):
        if wanted:
            wanted -= work.offered(label, stubs=stubs)
    return {label: to_bytes(file) for label, file in work.ready.items() if label not in plan}


def is_source(label: str) -> bool:
    """Tell whether a file is a script or notebook by its name."""
    return splitext(label)[1] in SOURCES  # a Path of each would cost a fork many copied pages


@dataclass(frozen=True)
class _Work:
    """The files of a submission, and how they are to be run."""

    root: Path
    files: tuple[str, ...]
    real_paths: bool = False
    packages: Collection[str] | None = None
    plan: Plan = field(default_factory=dict)
    ready: dict[str, Prepared] = field(default_factory=dict)
    lent: Path | None = None

    def places(self, module: str) -> list[tuple[str, bool]]:
        """Return scripts and notebooks in the order in which names are looked for, and whether as stubs."""
        found = in_order((label for label in self.files if is_source(label)), module)
        # Stubs last: one that was handed in untouched beside a solved notebook must not hide it.
        return [(label, stubs) for stubs in (False, True) for label in found]

    def prepared(self, label: str) -> Prepared:
        """Return a file, ready to run, read once."""
        if label not in self.ready:
            path = self.root / label
            planned = self.plan.get(label)
            self.ready[label] = (
                from_bytes(planned) if planned else prepare(path, str(path) if self.real_paths else label)
            )
        return self.ready[label]

    def offered(self, label: str, *, stubs: bool) -> set[str]:
        """Return the names that a file is asked for, those of stubs only if told.

        Not the stub of a name that stands in a cell which is no Python: that cell's error must be told.
        """
        names = self.prepared(label).binds(stubs=stubs)
        if not stubs:
            return names
        spoiled = {name for file in self.ready.values() for name in file.spoiled}
        return set() if ANY_NAME in spoiled else names - spoiled

    def take(self, label: str, program: Program, wanted: set[str], *, stubs: bool) -> None:
        """Run what the `wanted` names need of one file, if it has any of them, as stubs only if told."""
        path, file = self.root / label, self.prepared(label)
        program.broken += file.broken
        program.defined |= file.defined
        found = wanted & self.offered(label, stubs=stubs)
        if not found:
            return
        if not program.names:
            program.folder = path.parent
        if not self.real_paths:
            self._copy_data(path.parent)
        folders = dict.fromkeys((path.parent, self.root, self.lent))
        others = dict.fromkeys((self.root / other).parent for other in self.files if is_source(other))
        last = [folder for folder in others if folder not in folders]
        own = OwnFiles([folder for folder in folders if folder], self.packages, last)
        own.install()
        with chdir(path.parent) if self.real_paths else nullcontext():
            _run(program, file, found, _new_module(path, own))

    def _copy_data(self, folder: Path) -> None:
        """Put the data files of a folder where they are found by relative paths, beside what may be written."""
        left = COPIED_BYTES
        for label in [f for f in self.files if not is_source(f)][:COPIED_FILES]:
            path = self.root / label
            if path.is_relative_to(folder) and path.stat().st_size <= left:
                left -= path.stat().st_size
                copy = Path(path.relative_to(folder))
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)


def _new_module(path: Path, own: OwnFiles) -> ModuleType:
    # A module of its own, so that dataclasses and pickles of the student's find their module; not
    # under the plain stem, which belongs to the whole file if another file imports it.
    module = ModuleType(f"submission_{path.stem}")
    module.__dict__["__builtins__"] = own.names
    if path.suffix == ".py":
        module.__file__ = str(path)
    sys.modules[module.__name__] = module
    return module


def _run(program: Program, file: Prepared, found: set[str], module: ModuleType) -> None:
    for filename, text in file.cells:
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    for statement in needed(file.statements, found):
        try:
            execute(statement.code, module.__dict__)
        except (Exception, ForbiddenUse, SystemExit, GeneratorExit) as error:
            program.failures.update(dict.fromkeys(statement.binds, error))
            for name in statement.binds:
                module.__dict__.pop(name, None)
        else:
            for name in statement.binds:
                program.failures.pop(name, None)
    program.names.update((name, module.__dict__[name]) for name in found if name in module.__dict__)
