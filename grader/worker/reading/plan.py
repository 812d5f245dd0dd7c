"""A submission's files prepared for running: read, split and compiled, before any of it has run.

A plan contains such files by their labels. It is made by a worker that has not run anything yet, carried as bytes by
the trusted side, which never opens it, and followed by the submission's later workers, so that they need not read and
compile again. It is as hostile as the submission, and used for no other.
"""

from __future__ import annotations

import ast
import marshal
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..running.importing import compiled
from .problems import Told, rebuilt, told
from .slicing import Concern, Step, steps
from .sources import Cell, read

# The error of a cell that is not Python, the names that it would have defined, and all words in it. A plain tuple, as
# `marshal` requires.
Broken = tuple[Told, frozenset[str], frozenset[str]]
# What such a cell would have defined, judged by its lines.
DEFINITION = re.compile(r"^(?:async\s+)?(?:def|class)\s+(\w+)|^(\w+)\s*=", re.MULTILINE)
ANY_NAME = "*"
# Ways in which a program finds names at run time, so that no statement needs to mention them.
DYNAMIC = re.compile(
    r"\b(?:globals|locals|vars|exec|setattr|delattr|__import__|import_module|importlib|runpy|inspect|modules|__main__"
    r"|_getframe|currentframe|f_globals|__globals__|__dict__|__getattr__|__subclasses__|__init_subclass__|gc|ctypes"
    r"|builtins|__builtins__|operator|attrgetter|get_ipython|user_ns)\b|(?<![.\w])(?:eval|compile|getattr)\b|\.write(?:lines|_text)?\(|^\s+global\s",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Statement(Concern):
    """One top-level statement, compiled for `execute`."""

    code: bytes
    is_stub: bool
    is_import: bool


@dataclass(frozen=True)
class Prepared:
    """A prepared file: its cells as (file name, text), its statements, and its cells that are not Python.

    A file that cannot be read at all would have defined `ANY_NAME`. `dynamic` means that it may use names in ways which
    no statement shows.
    """

    cells: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]
    broken: tuple[Broken, ...]
    dynamic: bool

    @property
    def spoiled(self) -> set[str]:
        """The names that cells which are not Python would have defined."""
        return {name for _, names, _ in self.broken for name in names}

    @property
    def defined(self) -> set[str]:
        """The names that a student would say they defined."""
        own = [statement.binds for statement in self.statements if not statement.is_import]
        return {name for binds in own for name in binds if not name.startswith(("_", "*"))}

    def binds(self, *, stubs: bool) -> set[str]:
        """Return all names that statements bind, those of untouched stubs only if requested."""
        return {name for statement in self.statements if stubs or not statement.is_stub for name in statement.binds}


def prepare(path: Path, label: str) -> Prepared:
    """Return the `.py` or `.ipynb` file at `path`, ready to run; `label` is its name in messages."""
    document = read(path, label)
    return Prepared(
        tuple((cell.filename, cell.text) for cell in document.cells),
        tuple(map(_statement, steps(document))),
        tuple(_broken(cell, cell.problem) for cell in document.cells if cell.problem),
        any(DYNAMIC.search(cell.text) for cell in document.cells),
    )


def in_the_way(broken: Iterable[Broken], name: str) -> BaseException | None:
    """Return the error of the cell that would have defined `name`, or else of one that mentions it."""
    cells = list(broken)
    spoiled = (problem for problem, names, _ in cells if not names.isdisjoint({name, ANY_NAME}))
    problem = next(spoiled, None) or next((problem for problem, _, words in cells if name in words), None)
    return rebuilt(problem) if problem else None


def _broken(cell: Cell, problem: SyntaxError) -> Broken:
    text = cell.written or cell.text
    names = {function or variable for function, variable in DEFINITION.findall(text)}
    return told(problem), frozenset(names if text else {ANY_NAME}), frozenset(re.findall(r"\w+", text))


def _statement(step: Step) -> Statement:
    code = compiled(step.statement, step.cell.filename)
    is_import = isinstance(step.statement, (ast.Import, ast.ImportFrom))
    return Statement(step.binds, step.changes, step.reads, step.uses, code, step.is_stub, is_import)


def to_bytes(file: Prepared) -> bytes:
    """Return a prepared file as bytes for `from_bytes` of the same Python."""
    # Names are joined to one text: separate names would be interned, for which a fork copies a page each.
    rows: tuple[tuple[Any, ...], ...] = tuple(
        (*(" ".join(sorted(names)) for names in (s.binds, s.changes, s.reads, s.uses)), s.code, s.is_stub, s.is_import)
        for s in file.statements
    )
    return marshal.dumps((file.cells, rows, file.broken, file.dynamic))


def from_bytes(data: bytes) -> Prepared:
    """Return the file again. For workers only: such bytes could take over any process that loads them."""
    cells, rows, broken, dynamic = marshal.loads(data)
    statements = []
    for *concern, code, is_stub, is_import in rows:
        binds, changes, reads, uses = (frozenset(names.split()) for names in concern)
        statements.append(Statement(binds, changes, reads, uses, code, is_stub, is_import))
    return Prepared(cells, tuple(statements), broken, dynamic)
