"""Imports of a student's code: packages as far as allowed, their own files with the same leniency.

An import that is not allowed binds a `Placeholder` if it is at top level, in the submission's main file as in any
helper file; only its use is *forbidden*. Everywhere else it raises `ForbiddenImport`, which is an ImportError, so that
a `try: … except ImportError:` falls back.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import marshal
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from types import CodeType, ModuleType

from ..reading.problems import Told, rebuilt, told
from ..reading.sources import read
from .awaiting import finish
from .placeholder import ForbiddenImport, Placeholder
from .stand_ins import STAND_INS

# What can be imported whatever a question allows.
ALWAYS = frozenset({"numpy", "__main__", *STAND_INS})
# Annotations are not evaluated: `torch.Tensor | None` beside an argument is not a use of torch.
HINTS_ARE_TEXT = __future__.annotations.compiler_flag
# Set in code that is compiled with `await` at top level, which cells of notebooks may have.
IS_COROUTINE, CELL = 0x80, "[cell "


# The package of files that are in no package.
FOLDER = "submission_folder"

# Created before a fork: touching 150 objects after it costs about 50 copied pages.
_spare: list[ModuleType] = []


def lay_out() -> None:
    """Prepare what the next submission's code gets to see."""
    _spare[:] = [_built_in()]


def _built_in() -> ModuleType:
    module = ModuleType("builtins", builtins.__doc__)
    module.__dict__.update(vars(builtins))
    return module


# Names of what `OwnLoader` has run: there may be thousands of other modules to search.
_own_modules: set[str] = set()


class OwnFiles:
    """Finds modules and packages in the submission's folders and restricts imports to the question's packages.

    In the folders `last` it finds what is nowhere else: a helper in an archive is in a folder of its own.
    `packages` lists those that may be imported; None allows whatever is there, as in a jail in which
    no other package can be opened. `install` replaces the submission loaded before.
    """

    def __init__(self, folders: Sequence[Path], packages: Collection[str] | None, last: Sequence[Path] = ()) -> None:
        self._folders = [str(folder) for folder in folders]
        self._last = [str(folder) for folder in last]
        self._packages = packages

    @cached_property
    def built_in(self) -> ModuleType:
        """The module `builtins` as the submission's code gets it: what is put there is visible in all of its files."""
        module = _spare.pop() if _spare else _built_in()
        module.__dict__["__import__"] = self._import
        return module

    @property
    def names(self) -> dict[str, object]:
        """The built-in names as the student's code gets them, not changed by anyone else."""
        return self.built_in.__dict__

    def install(self) -> None:
        """Put this finder before the one for installed packages; forget modules of an earlier submission."""
        others = [finder for finder in sys.meta_path if not isinstance(finder, OwnFiles)]
        if len(others) < len(sys.meta_path):  # only then, because examining all modules costs a fork a copy of them
            forget_own_modules()
        place = others.index(PathFinder) if PathFinder in others else len(others)
        sys.meta_path[:] = [*others[:place], self, *others[place:]]

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where the submission has the module `name`, or None."""
        folders = self._folders if path is None else [p for p in path if p.startswith(tuple(self._folders))]
        bare: list[str] = []
        for folder in folders:
            spec = self._in_folder(folder, name)
            if spec is not None and spec.loader is not None:
                return spec
            bare += (spec and spec.submodule_search_locations) or []
        last = self._last if path is None else []
        if not (bare or last) or PathFinder.find_spec(name, path) is not None:
            return None
        found = (self._in_folder(folder, name) for folder in last)
        if packed := next((spec for spec in found if spec is not None and spec.loader is not None), None):
            return packed
        if not bare:
            return None
        package = ModuleSpec(name, None, is_package=True)  # a folder without __init__.py
        package.submodule_search_locations = bare
        return package

    def package(self, folder: Path) -> str:
        """Return the name of a package for a folder's files, so that ``from .helper import f`` finds what is there."""
        package = ModuleType(FOLDER)
        package.__path__ = [str(folder)]
        sys.modules[FOLDER] = package
        return FOLDER

    def begun(self, name: str, path: Path) -> ModuleType:
        """Return the module `name` for the file at `path`, not run yet; imports of that name find it."""
        loader = OwnLoader(name, str(path))
        loader.builtins = self.names
        module = module_from_spec(ModuleSpec(name, loader, origin=str(path)))
        module.__dict__["__builtins__"] = loader.builtins
        if not module.__package__:
            module.__spec__, module.__package__ = None, self.package(path.parent)
        if name not in sys.modules or name in _own_modules:  # a script may have the name of a package
            _own_modules.add(name)
            sys.modules[name] = module
        return module

    def _in_folder(self, folder: str, name: str) -> ModuleSpec | None:
        spec = FileFinder(folder, (OwnLoader, SOURCE_SUFFIXES)).find_spec(name)
        if spec is not None and isinstance(spec.loader, OwnLoader):
            spec.loader.builtins = self.names
        return spec

    def _import(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> ModuleType:
        """Replace `__import__`."""
        top = name.partition(".")[0]
        if level == 0 and not self._allows(top):
            raise ForbiddenImport(top)
        if level == 0 and name == "builtins":
            return self.built_in
        if level == 0 and top in STAND_INS and not self._has(top):
            return STAND_INS[top]
        if self not in sys.meta_path:  # a function imports late, in a process where questions take turns
            self.install()
        try:
            return __import__(name, globals, locals, fromlist, level)
        except ModuleNotFoundError as error:
            missing = level == 0 and error.name == top and not isinstance(error, ForbiddenImport)
            if missing and top not in (self._packages or ()):
                raise ForbiddenImport(top) from None
            raise

    def _has(self, top: str) -> bool:
        """Return whether a package that has a stand-in is available itself."""
        if self.find_spec(top) is not None:
            return True
        return PathFinder.find_spec(top) is not None if self._packages is None else top in self._packages

    def _allows(self, top: str) -> bool:
        if self._packages is None or top in self._packages or top in ALWAYS or top in sys.stdlib_module_names:
            return True
        return self.find_spec(top) is not None


class OwnLoader(SourceFileLoader):
    """Runs a helper file of the submission in the same way as its main file."""

    builtins: dict[str, object]

    def exec_module(self, module: ModuleType) -> None:
        """Run all statements of the file."""
        _own_modules.add(module.__name__)
        module.__dict__["__builtins__"] = self.builtins
        for cell in read(Path(self.path), self.path).cells:
            if cell.problem is not None:
                raise cell.problem
            for statement in cell.statements:
                execute(compiled(statement, cell.filename), module.__dict__)


def forget_own_modules() -> None:
    """Forget the helper files that submissions have imported."""
    while _own_modules:
        name = _own_modules.pop()
        # What a submission has replaced itself with has no loader; installed modules have another.
        if isinstance(getattr(sys.modules.get(name), "__loader__", None), OwnLoader | None):
            sys.modules.pop(name, None)


def compiled(statement: ast.stmt, filename: str) -> bytes:
    """Return a top-level statement for `execute`; if it does not compile, it will raise there."""
    return marshal.dumps([_compiled_part(part, filename) for part in _one_import_each(statement)])


def _compiled_part(part: ast.stmt, filename: str) -> tuple[CodeType | Told, str | None, dict[str, str]]:
    """Return code, or an error; for an import the package, and its names with what they refer to."""
    code: CodeType | Told
    flags = HINTS_ARE_TEXT | (ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if CELL in filename else 0)
    try:
        code = compile(ast.Module([part], []), filename, "exec", flags, dont_inherit=True)
    except Exception as error:  # some mistakes are only found by the compiler, which has limits
        code = told(error)
    if isinstance(part, (ast.Import, ast.ImportFrom)):
        return code, _package(part), dict(_stand_ins(part))
    return code, None, {}


def execute(code: bytes, namespace: dict[str, object]) -> None:
    """Run a statement from `compiled`; what it may not import is replaced by placeholders."""
    for part, package, stand_ins in marshal.loads(code):
        if isinstance(part, tuple):
            raise rebuilt(part)
        try:
            if part.co_flags & IS_COROUTINE:
                finish(eval(part, namespace))
            else:
                exec(part, namespace)
        except ForbiddenImport as error:
            if package is None or package != error.name:
                raise
            namespace.update((name, Placeholder(what)) for name, what in stand_ins.items())


def _one_import_each(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Split ``import numpy as np, torch``: one of them may be allowed."""
    if not isinstance(statement, ast.Import):
        yield statement
        return
    for alias in statement.names:
        yield ast.copy_location(ast.Import([alias]), statement)


def _package(statement: ast.Import | ast.ImportFrom) -> str:
    name = statement.module or "" if isinstance(statement, ast.ImportFrom) else statement.names[0].name
    return name.partition(".")[0]


def _stand_ins(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    for alias in statement.names:
        if isinstance(statement, ast.ImportFrom):
            yield alias.asname or alias.name, f"{statement.module}.{alias.name}"
        elif alias.asname:
            yield alias.asname, alias.name
        else:
            yield _package(statement), _package(statement)
