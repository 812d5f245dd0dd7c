"""The place of each check in a suite, read from its source: nothing is imported or collected."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.core.errors import SuiteError
from grader.core.outcome import Visibility


@dataclass(frozen=True)
class CheckPlace:
    """A test function of a suite and the criterion in its marker (empty if it has no marker)."""

    file: Path
    line: int
    name: str
    criterion: str
    visibility: Visibility

    @property
    def where(self) -> str:
        """Return ``file:line``, as editors understand it."""
        return f"{self.file}:{self.line}"


def check_places(files: list[tuple[Path, Visibility]]) -> list[CheckPlace]:
    """Return all checks of some suites, in the order in which they are written.

    Raises SuiteError for a file that is not Python.
    """
    return [place for file, visibility in files for place in _places(file, visibility)]


def _places(file: Path, visibility: Visibility) -> Iterator[CheckPlace]:
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
    except (SyntaxError, UnicodeDecodeError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) else ""
        raise SuiteError("is not Python", where=f"{file}{line}", found=str(error), todo="correct the suite") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield CheckPlace(file, node.lineno, node.name, _criterion(node), visibility)


def _criterion(function: ast.FunctionDef) -> str:
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(func=ast.Name(id="criterion"), args=[ast.Constant(value=str(identifier)), *_]):
                return identifier
    return ""
