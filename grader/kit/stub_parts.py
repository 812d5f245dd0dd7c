"""A stub split into parts for a notebook: its docstring, imports and constants, and each definition by name."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from grader.course.stub_source import HEADER

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class StubParts:
    """A stub's docstring, its imports and constants as code, and the code of each definition."""

    docstring: str
    preamble: str
    definitions: Mapping[str, str]

    @classmethod
    def of(cls, stub: str) -> StubParts:
        """Return the parts of a stub's text."""
        tree, lines = ast.parse(stub), stub.splitlines()
        definitions = {
            node.name: "\n".join(lines[_first_line(node) - 1 : node.end_lineno])
            for node in tree.body
            if isinstance(node, _DEFINITIONS)
        }
        docstring = ast.get_docstring(tree)
        begin = (tree.body[0].end_lineno or 0) if docstring else 0
        end = min((_first_line(node) - 1 for node in tree.body if isinstance(node, _DEFINITIONS)), default=len(lines))
        # A stub without a docstring begins with the line that says how it was generated.
        preamble = [line for line in lines[begin:end] if line != HEADER]
        return cls(docstring or "", "\n".join(preamble).strip("\n"), definitions)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def imported_modules(stub: str) -> set[str]:
    """Return the top-level names of all modules that a stub imports."""
    names = set()
    for node in ast.walk(ast.parse(stub)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names
