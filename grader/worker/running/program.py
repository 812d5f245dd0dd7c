"""A student's program for one question: the part of the submission that its names depend on, run."""

from __future__ import annotations

import builtins
import difflib
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import chdir, nullcontext
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from posixpath import basename, dirname, splitext
from types import ModuleType

from ..reading.magics import MAIN
from ..reading.overview import elsewhere, unread
from ..reading.plan import ANY_NAME, Broken, Prepared, Statement, from_bytes, in_the_way, prepare, to_bytes
from ..reading.problems import rebuilt
from ..reading.slicing import needed
from ..reading.versions import in_order
from .importing import OwnFiles
from .statements import Allowance, as_main, new_module, run, run_whole, whole_module

# Prepared files, as bytes, by their labels.
Plan = Mapping[str, bytes]
SOURCES = {".py", ".ipynb"}
LISTED_NAMES = 12
CELL = "[cell "
COPIED_FILES, COPIED_BYTES = 200, 16 * 1024 * 1024


class MissingName(Exception):
    """The submission does not define such a name; the message says what it does define."""


class NotLoaded(BaseException):
    """A name is missing because of `error`, which its definition raised."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(error)
        self.error = error


@dataclass
class Program:
    """The names of one question, found anywhere in the submission.

    `failures` contains what the statement that should have bound a name raised instead; it is reported when that name
    is requested, so a failing cell costs only what it defines. `broken` are the cells that are not Python. `folder` is
    the folder of the first file in which names were found, `homes` are the files by name. `elsewhere` returns where a
    name occurs that is not defined. `differs` means that more of the submission could be run, and that this may affect
    the names. If all was run, `untouched` are names that refer to untouched stubs, and `main` is the module of a
    notebook.
    """

    folder: Path = Path()
    names: dict[str, object] = field(default_factory=dict)
    failures: dict[str, BaseException] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)
    defined: set[str] = field(default_factory=set)
    homes: dict[str, str] = field(default_factory=dict)
    elsewhere: Callable[[str], str] = lambda name: ""
    differs: bool = False
    untouched: set[str] = field(default_factory=set)
    main: ModuleType | None = None

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
        others = self.defined - self.names.keys() - {name}  # those are requested too
        close = difflib.get_close_matches(name, others, n=1)
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
    provided: Path | None = None,
    whole: Allowance | None = None,
) -> Program:
    """Read the submission's `files` below `root` and run what `names` depend on.

    `module` is where the names belong; they are also found in any other script or notebook, the one called `module`
    first, then the rest in the order of `files`. `real_paths` is for a student's own process: code objects have
    absolute paths, so that a debugger's breakpoints work, and data files are read where they are. Elsewhere they are
    copied to the working folder, which is writable. `packages` are those that may be imported; None allows all that are
    there. `plan` is what `draw` returned for the same submission; what it contains is not read again. `provided` is a
    folder of packages that replace installed ones. With an allowance for the `whole` program, all of the files are run
    that may bind the names, also in ways that no statement shows, in the working folder, which contains copies of all
    files.
    """
    program, wanted = Program(root), set(names)
    program.elsewhere = partial(elsewhere, root, tuple(files))
    work = _Work(root, tuple(files), real_paths, packages, plan or {}, provided=provided)
    if whole is not None:
        work.take_whole(module, program, wanted, whole)
        return program
    for label, stubs in work.places(module):
        if wanted:
            work.take(label, program, wanted, stubs=stubs)
            wanted -= program.names.keys() | program.failures.keys()
    program.differs = work.differs()
    return program


def draw(root: Path, files: Iterable[str], module: str, names: Iterable[str], plan: Plan) -> Plan:
    """Return what `plan` lacks of the files in which `load` will find `names`. None of them is run."""
    work, wanted = _Work(root, tuple(files), plan=plan), set(names)
    for label, stubs in work.places(module):
        if wanted:
            wanted -= work.offered(label, stubs=stubs)
    return {label: to_bytes(file) for label, file in work.ready.items() if label not in plan}


def is_source(label: str) -> bool:
    """Return whether a file is a script or notebook, by its name."""
    return splitext(label)[1] in SOURCES  # creating a Path of each would cost a fork many copied pages


@dataclass(frozen=True)
class _Work:
    """The files of a submission, and how to run them."""

    root: Path
    files: tuple[str, ...]
    real_paths: bool = False
    packages: Collection[str] | None = None
    plan: Plan = field(default_factory=dict)
    ready: dict[str, Prepared] = field(default_factory=dict)
    provided: Path | None = None
    chosen: dict[str, list[Statement]] = field(default_factory=dict)
    solved: set[str] = field(default_factory=set)
    copied: set[str] = field(default_factory=set)

    @cached_property
    def sources(self) -> list[str]:
        """The scripts and notebooks among the files."""
        return list(filter(is_source, self.files))

    def places(self, module: str) -> list[tuple[str, bool]]:
        """Return scripts and notebooks in the order in which names are looked up, and whether as stubs."""
        found = in_order(self.sources, module)
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
        """Return the names that a file is asked for, including those of stubs only if requested.

        The stub of a name that is in a cell which is not Python is left out: that cell's error must be reported.
        """
        names = self.prepared(label).binds(stubs=stubs)
        if not stubs:
            return names
        spoiled = {name for file in self.ready.values() for name in file.spoiled}
        return set() if ANY_NAME in spoiled else names - spoiled

    def take(self, label: str, program: Program, wanted: set[str], *, stubs: bool) -> None:
        """Run what the `wanted` names need of one file, if it has any of them, as stubs only if requested."""
        path, file = self.root / label, self.prepared(label)
        program.broken += file.broken
        program.defined |= file.defined
        found = wanted & self.offered(label, stubs=stubs)
        if not found:
            return
        if not program.names:
            program.folder = path.parent
        if not self.real_paths:
            self._copy([other for other in self.files if other not in self.sources], dirname(label))
        own = self._finder(path.parent)
        module, statements = new_module(path, own), needed(file.statements, found)
        with chdir(path.parent) if self.real_paths else nullcontext():
            run(file, statements, module, program.failures)
        self.chosen.setdefault(label, []).extend(statements)
        if not stubs:
            self.solved.add(label)
        there = found & module.__dict__.keys()
        program.names.update((name, module.__dict__[name]) for name in there)
        program.homes.update(dict.fromkeys(there, label))

    def differs(self) -> bool:
        """Return whether what was not run of the examined files may affect the names.

        It may if a file can use names in ways that no statement shows, and if a statement that was left out works with
        what the submission itself defines: it may register, replace or wrap it.
        """
        for label, file in self.ready.items():
            chosen = {id(statement) for statement in self.chosen.get(label, ())}
            left_out = [statement for statement in file.statements if id(statement) not in chosen]
            # A notebook is the main program only if it is run as a whole.
            if file.dynamic and label.endswith(".ipynb"):
                return True
            if left_out and (file.dynamic or (label in self.solved and self._matters(file, left_out))):
                return True
        return False

    def _matters(self, file: Prepared, left_out: list[Statement]) -> bool:
        modules = {"", *(part for label in self.sources for part in splitext(label)[0].split("/"))}
        imported: set[str] = set()
        own: set[str] = set()
        for statement in file.statements:
            if not statement.is_import:
                own |= statement.binds
            elif statement.uses.isdisjoint(modules):
                imported |= statement.binds | statement.uses
        known = vars(builtins)  # looked up and never copied: each name that a fork touches is a copied page
        foreign = (name not in own and (name in imported or name in known) for one in left_out for name in one.uses)
        return not all(foreign)

    def take_whole(self, module: str, program: Program, wanted: set[str], allowance: Allowance) -> None:
        """Run all of one file after the other that may bind `wanted` names, until all are there."""
        start = Path.cwd()
        for label in dict.fromkeys(label for label, _ in self.places(module)):
            file = self.prepared(label)
            program.broken += file.broken
            program.defined |= file.defined
            missing = wanted - (program.names.keys() - program.untouched)
            if missing and (file.dynamic or not missing.isdisjoint(file.binds(stubs=True))):
                os.chdir(start)  # an earlier one may have changed it
                self._copy(list(dict.fromkeys((*self.sources, *self.files))), dirname(label))
                self._take_all(self.root / label, label, file, program, missing, allowance)
        for path in sorted(start.glob("*.py")):  # what a notebook has written and not used
            missing = wanted - (program.names.keys() - program.untouched)
            if missing and path.name not in self.copied:
                self._take_all(path, path.name, prepare(path, path.name), program, missing, allowance)
        program.folder = Path.cwd()

    def _take_all(
        self, path: Path, label: str, file: Prepared, program: Program, missing: set[str], allowance: Allowance
    ) -> None:
        """Run all of a file, and take those `missing` names that it has then."""
        module = whole_module(path, self._module_name(label), self._finder(Path.cwd(), path.parent))
        if module.__name__ == MAIN:
            program.main = program.main or module
        with as_main(module):
            stubs = run_whole(file, label, module, allowance)
            made = sys.modules.get(module.__name__, module)  # it may have replaced itself there
            for name in missing:
                try:
                    value = _found(made, name, module)
                except Exception:
                    continue
                is_stub = stubs.get(name, module) is value
                if is_stub and name in program.names:
                    continue
                program.names[name], program.homes[name] = value, label
                (program.untouched.add if is_stub else program.untouched.discard)(name)

    def _module_name(self, label: str) -> str:
        """Return the name under which a script is imported: with its packages, as far up as there are any."""
        *folders, name = splitext(label)[0].split("/")
        while folders and "/".join([*folders, "__init__.py"]) in self.files:
            name = f"{folders.pop()}.{name}"
        return name

    def _finder(self, *folders: Path) -> OwnFiles:
        """Install a finder that looks for the submission's modules in `folders` first."""
        places = dict.fromkeys((*folders, self.root, self.provided))
        others = [self.root / part for part in dict.fromkeys(map(dirname, self.sources))]
        last = [folder for folder in others if folder not in places]
        own = OwnFiles([folder for folder in places if folder], self.packages, last)
        own.install()
        return own

    def _copy(self, labels: list[str], folder: str) -> None:
        """Copy files of a folder to where they are found by relative paths, beside what may be written.

        Without Path and shutil, which take seven times as long: each worker does it anew.
        """
        left, below = COPIED_BYTES, f"{folder}/" if folder else ""
        for label in labels[:COPIED_FILES]:
            path, copy = f"{self.root}/{label}", label.removeprefix(below)
            if label.startswith(below) and (size := os.stat(path).st_size) <= left:
                left -= size
                self.copied.add(copy)
                if "/" in copy:
                    os.makedirs(dirname(copy), exist_ok=True)
                with open(path, "rb", buffering=0) as file, open(copy, "wb") as written:
                    written.write(file.read())


def _found(made: object, name: str, module: ModuleType) -> object:
    """Return what a name refers to in a module that has run, through its `__getattr__`, or in its built-ins."""
    try:
        return getattr(made, name)
    except AttributeError:
        value = module.__dict__["__builtins__"].get(name)
        if value is getattr(builtins, name, None):
            raise
        return value
