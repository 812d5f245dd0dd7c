"""Which statements of a document the requested names depend on.

A submission may draw plots, train for an hour or wait for input at top level; none of that is run. Only imports,
definitions and assignments are run that a question's names need, directly or through other names, in their order.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .sources import Cell, SourceDocument

# What every name may depend on: names from star imports, and the folders that imports search.
ANYTHING = "*"
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
# What can call something, by its own name or by a method behind an operator.
WORK = (ast.Call, ast.Attribute, ast.Subscript, ast.BinOp, ast.UnaryOp, ast.Compare, ast.AugAssign, ast.For, ast.With)
LINE_END = re.compile(r"\r\n|\r|\n")
MUTATORS = {"append", "extend", "insert", "update", "setdefault", "add", "remove", "discard", "pop", "clear", "sort"}


@dataclass(frozen=True)
class Concern:
    """The global names that a top-level statement involves.

    It `binds` names, `changes` objects that names refer to (``Momentum.step = fast``, ``RATES["sgd"] = 1``,
    ``LAYERS.append(2)``), and `reads` what must exist before. It `uses` names that it calls, decorates with, derives
    from or otherwise works with when it runs, and not only later: through them it may do things that the other three do
    not show. For an import these are the modules.
    """

    binds: frozenset[str]
    changes: frozenset[str]
    reads: frozenset[str]
    uses: frozenset[str]


S = TypeVar("S", bound=Concern)


@dataclass(frozen=True)
class Step(Concern):
    """One top-level statement: where it is, and the names that it involves."""

    cell: Cell
    statement: ast.stmt

    @property
    def is_stub(self) -> bool:
        """Whether it defines a function that only raises NotImplementedError, or a class of such functions."""
        return _is_stub(self.statement)


def steps(document: SourceDocument) -> list[Step]:
    """Return all top-level statements of a document with the names that they involve."""
    return [
        _step(cell, statement, source)
        for cell in document.cells
        for statement, source in zip(cell.statements, _sources(cell), strict=True)
    ]


def _sources(cell: Cell) -> Iterator[str]:
    """Yield each statement's own text, generated from its tree if it shares a line with another."""
    lines = LINE_END.split(cell.text)
    taken = Counter(line for statement in cell.statements for line in (_first_line(statement), statement.end_lineno))
    for statement in cell.statements:
        first, last = _first_line(statement), statement.end_lineno or 0
        alone = taken[first] <= 1 + (first == last) and taken[last] <= 1 + (first == last)
        yield "\n".join(lines[first - 1 : last]) if alone else ast.unparse(statement)


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def needed(all_steps: Sequence[S], names: set[str]) -> list[S]:
    """Return the steps that `names` depend on, in order: the closure over what each step reads."""
    concerning: defaultdict[str, list[int]] = defaultdict(list)
    for index, step in enumerate(all_steps):
        for name in step.binds | step.changes:
            concerning[name].append(index)
    pending, chosen = [*names, ANYTHING], set[int]()
    while pending:
        for index in concerning.pop(pending.pop(), ()):
            if index not in chosen:
                chosen.add(index)
                pending += all_steps[index].reads
    return [all_steps[index] for index in sorted(chosen)]


def _step(cell: Cell, statement: ast.stmt, source: str) -> Step:
    changes, uses = frozenset(_changed(statement)), frozenset(_used(statement))
    if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
        return Step(frozenset({ANYTHING}), changes, frozenset(), uses, cell, statement)
    try:
        table = symtable.symtable(source, cell.filename, "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # Some mistakes are only found by the compiler. Running it will report them, and cost just what it defines.
        stored, loaded = (frozenset(_names(statement, context)) for context in (ast.Store, ast.Load))
        return Step(stored, changes, loaded, uses, cell, statement)
    symbols = table.get_symbols()
    binds = {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}
    reads = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
    for child in table.get_children():
        reads |= _global_names(child)
    return Step(frozenset(binds), changes, frozenset(reads), uses, cell, statement)


def _is_stub(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.ClassDef):
        methods = [part for part in statement.body if isinstance(part, ast.FunctionDef)]
        return bool(methods) and all(map(_is_stub, methods))
    if not isinstance(statement, ast.FunctionDef) or not isinstance(statement.body[-1], ast.Raise):
        return False
    raised = statement.body[-1].exc
    name = raised.func if isinstance(raised, ast.Call) else raised
    return (
        isinstance(name, ast.Name)
        and name.id == "NotImplementedError"
        and all(isinstance(part, ast.Expr) for part in statement.body[:-1])
    )


def _global_names(table: symtable.SymbolTable) -> set[str]:
    names = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
    for child in table.get_children():
        names |= _global_names(child)
    return names


def _names(statement: ast.stmt, context: type[ast.expr_context]) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, context):
            yield node.id
    if context is ast.Store and isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name


def _changed(statement: ast.stmt) -> Iterator[str]:
    """Yield the names whose objects a statement changes, outside of what it only defines."""
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        target = _target(node)
        if target is not None:
            name = _base_name(target)
            yield ANYTHING if name == "sys" else name
        pending += getattr(node, "decorator_list", ()) if isinstance(node, SCOPES) else ast.iter_child_nodes(node)


def _used(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement works with when it runs; none for a definition or a plain assignment."""
    if isinstance(statement, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom):
        yield (statement.module or "").partition(".")[0]
    pending: list[ast.AST] = [statement]
    names, works = list[str](), False
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            names.append(node.id)
        works = (
            works or isinstance(node, WORK) or (isinstance(node, ast.ClassDef) and bool(node.bases or node.keywords))
        )
        works = works or bool(getattr(node, "decorator_list", ()))
        pending += _run_at_once(node)
    yield from names if works else ()


def _run_at_once(node: ast.AST) -> Iterable[ast.AST]:
    """Return the parts of a node that run when it does: for a function, its decorators and its defaults."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        case ast.Lambda():
            return [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        case _:
            return ast.iter_child_nodes(node)


def _target(node: ast.AST) -> ast.expr | None:
    if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
        return node
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr=method)) if method in MUTATORS:
            return value
        case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[value, *_]):
            return value
        case ast.Attribute(value=value, attr="register"):  # @f.register, a decorator as a rule
            return value
    return None


def _base_name(target: ast.expr) -> str:
    node = target
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
