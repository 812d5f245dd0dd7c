"""Which statements of a document the asked names depend on.

A submission may draw plots, train for an hour or wait for input at top level; none of that is run.
Run are imports, definitions and assignments that a question's names need, directly or through other
names, in the order in which they stand.
"""

from __future__ import annotations

import ast
import symtable
from dataclasses import dataclass

from .sources import Cell, Document

STAR = "*"


@dataclass(frozen=True)
class Step:
    """One top-level statement: where it stands, the global names it binds and those it reads."""

    cell: Cell
    statement: ast.stmt
    binds: frozenset[str]
    reads: frozenset[str]


def steps(document: Document) -> list[Step]:
    """Return all top-level statements of a document with the names they bind and read."""
    return [_step(cell, statement) for cell in document.cells for statement in cell.statements]


def needed(all_steps: list[Step], names: set[str]) -> list[Step]:
    """Return the steps that `names` depend on, in order: the closure over what each step reads."""
    wanted, chosen = set(names) | {STAR}, set[int]()
    grown = True
    while grown:
        grown = False
        for index, step in enumerate(all_steps):
            if index not in chosen and step.binds & wanted:
                chosen.add(index)
                wanted |= step.reads
                grown = True
    return [all_steps[index] for index in sorted(chosen)]


def _step(cell: Cell, statement: ast.stmt) -> Step:
    if _is_main_guard(statement) or isinstance(statement, ast.Expr):
        return Step(cell, statement, frozenset(), frozenset())
    if isinstance(statement, ast.ImportFrom) and statement.names[0].name == STAR:
        return Step(cell, statement, frozenset({STAR}), frozenset())
    table = symtable.symtable(_source(cell, statement), cell.filename, "exec")
    binds = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    reads = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    for child in table.get_children():
        reads |= _global_names(child)
    # `Momentum.step = fast` and `CONFIG["lr"] = 1` belong to the name they change.
    binds |= _changed_names(statement)
    return Step(cell, statement, frozenset(binds), frozenset(reads))


def _source(cell: Cell, statement: ast.stmt) -> str:
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(d.lineno for d in decorators)])
    return "\n".join(cell.text.splitlines()[first - 1 : statement.end_lineno])


def _global_names(table: symtable.SymbolTable) -> set[str]:
    names = {s.get_name() for s in table.get_symbols() if s.is_global()}
    for child in table.get_children():
        names |= _global_names(child)
    return names


def _changed_names(statement: ast.stmt) -> set[str]:
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, (ast.AugAssign, ast.AnnAssign)):
        targets = [statement.target]
    return {base for target in targets if (base := _base_name(target))}


def _base_name(target: ast.expr) -> str:
    if not isinstance(target, (ast.Attribute, ast.Subscript)):
        return ""
    node: ast.expr = target
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_main_guard(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.If)
        and isinstance(statement.test, ast.Compare)
        and isinstance(statement.test.left, ast.Name)
        and statement.test.left.id == "__name__"
    )
