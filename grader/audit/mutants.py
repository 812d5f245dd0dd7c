"""Mutants of a solution: copies with one small mistake each, which a question's checks must notice."""

from __future__ import annotations

import ast
import difflib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.audit.edits import Edit, Text, edits
from grader.worker.reading.slicing import needed, steps
from grader.worker.reading.sources import read


@dataclass(frozen=True)
class Mutant:
    """A solved module with one mistake.

    `name` says where and what, e.g. ``SGD.step: return p - g → return p + g``, and is the same as long as this line is.
    `diff` is unified.
    """

    name: str
    source: str
    diff: str


def mutants(file: Path, names: Collection[str]) -> list[Mutant]:
    """Return the mutants of everything that `names` depend on in a solved module, in the order of the text."""
    source = file.read_text(encoding="utf-8")
    text = Text(source)
    found, seen = list[Mutant](), Counter[str]()
    for scope, edit in _places(file, names, text):
        mutated = (text.data[: edit.start] + edit.text + text.data[edit.end :]).decode()
        if not _is_other(source, mutated):
            continue
        name = f"{scope}: {_change(text, edit)}"
        seen[name] += 1
        label = name if seen[name] == 1 else f"{name} ({seen[name]})"
        found.append(Mutant(label, mutated, _diff(source, mutated, file.name)))
    return found


def _places(file: Path, names: Collection[str], text: Text) -> Iterator[tuple[str, Edit]]:
    for step in needed(steps(read(file, str(file))), set(names)):
        if not isinstance(step.statement, ast.Import | ast.ImportFrom) and not _is_alias(step.statement):
            yield from _within(step.statement, "", text)


def _is_alias(statement: ast.stmt) -> bool:
    """Return whether a statement is a name for a type, such as ``Gradient = Callable[…]``, which computes nothing."""
    return isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Subscript)


def _within(statement: ast.stmt, scope: str, text: Text) -> Iterator[tuple[str, Edit]]:
    """Yield the edits of a statement with the name of the function or method around each."""
    own = getattr(statement, "name", "")
    inner = ".".join(filter(None, [scope, own]))
    if isinstance(statement, ast.ClassDef):
        for part in statement.body:
            yield from _within(part, inner, text)
    else:
        yield from ((inner or "module", edit) for edit in edits(statement, text))


def _is_other(source: str, mutated: str) -> bool:
    try:
        return ast.dump(ast.parse(mutated)) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False


def _change(text: Text, edit: Edit) -> str:
    """Return the lines that an edit affects, before and after."""
    start = text.data.rfind(b"\n", 0, edit.start) + 1
    end = text.data.find(b"\n", edit.end)
    before = text.data[start:end]
    after = text.data[start : edit.start] + edit.text + text.data[edit.end : end]
    return " → ".join(" ".join(part.decode().split()) for part in (before, after))


def _diff(source: str, mutated: str, name: str) -> str:
    lines = difflib.unified_diff(source.splitlines(), mutated.splitlines(), name, name, n=2, lineterm="")
    return "\n".join(lines)
