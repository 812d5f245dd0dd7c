"""The few lines of Python that reproduce a failure, shown only if they can be run."""

from __future__ import annotations

import ast
import builtins
import keyword
from collections.abc import Iterable, Mapping

from grader import checks
from grader.checks import Submission, reproduce
from grader.checks.asking.submission import exchange_of
from grader.core.outcome import Check

IN_A_CELL = "# In a cell of {notebook}:"
LIMIT = 12_000
# Nobody wants to copy a longer text, such as a whole log, from a terminal.
LONG_TEXT = 500
TOO_LARGE = "# No lines to copy: the arguments are too large to show here."
NO_PYTHON = "# No lines to copy: the arguments are objects that the check itself creates."
LOOK = "\n# `pytest --pdb --question {criterion}` stops at the failure, so that you can inspect it."
# All names of `grader.checks.reproduce_torch`, which is not imported just for this: it would import PyTorch.
WORK = frozenset(
    {"add_hooks", "adopt", "gradients", "loops", "make", "put_in_use", "scatter", "seen", "slope", "state"}
)


def snippet(submission: Submission, homes: Mapping[str, str], check: Check) -> str:
    """Return lines that repeat the calls of a check's present example, or a comment that explains their absence.

    `homes` are the files of the submission in which the student's names are defined; the lines are meant for its
    folder. Names that are in no script are assumed to exist, as in a notebook.
    """
    exchange = exchange_of(submission)
    calls = exchange.log.snippet()
    if not calls:
        return ""
    look = LOOK.format(criterion=check.criterion) if check.visibility == "public" else ""
    names = _names_wanted(calls)
    if names is None or len(calls) > LIMIT:
        return TOO_LARGE + look
    students = names & exchange.asked_for
    sources = _sources(names, students, homes)
    if sources is None:
        return NO_PYTHON + look
    return "\n".join([*_where(students, homes), *sources, "", _with_results_printed(calls, students)])


def _names_wanted(calls: str) -> set[str] | None:
    """Return the names that lines use but do not define; None if they are not valid Python or contain a long text."""
    try:
        tree = ast.parse(calls)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    nodes = list(ast.walk(tree))
    if any(isinstance(node, ast.Constant) and len(str(node.value)) > LONG_TEXT for node in nodes):
        return None
    names = [node for node in nodes if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.id for node in names} - made - set(vars(builtins))


def _where(students: Iterable[str], homes: Mapping[str, str]) -> list[str]:
    """Return a comment on where to run the lines, unless any Python will do."""
    elsewhere = {homes.get(name, "") for name in students if not homes.get(name, "").endswith(".py")}
    return [IN_A_CELL.format(notebook=" and ".join(sorted(elsewhere - {""})) or "your notebook")] if elsewhere else []


def _sources(names: set[str], own: set[str], homes: Mapping[str, str]) -> list[str] | None:
    """Return the lines that import all names, or None if one of them cannot be found."""
    props = (names - own) & set(reproduce.__all__)
    ours = (names - own - props) & set(checks.__all__)
    work = (names - own - ours) & WORK
    if names - own - ours - work - props - {"np", "torch"}:
        return None
    files = {file: [name for name in own if homes.get(name) == file] for file in sorted(set(homes.values()))}
    brought = [line for file, there in files.items() for line in _brought(file, sorted(there))]
    lines = ["import numpy as np", *["import torch"] * ("torch" in names), *brought]
    lines += [*_imported("grader.checks", ours), *_imported("grader.checks.reproduce", props)]
    return [*lines, *_imported("grader.checks.reproduce_torch", work)]


def _brought(file: str, names: list[str]) -> list[str]:
    """Return the lines that import names from a script, run in the submission's folder; none for a notebook."""
    if not names or not file.endswith(".py"):
        return []
    folder, _, own = file.removesuffix(".py").rpartition("/")
    # A module that it imports may be in the same folder.
    path = ["import sys", f"sys.path.insert(0, {folder!r})"] if folder else []
    for module in (f"{folder}/{own}".strip("/").replace("/", "."), own):
        if all(part.isidentifier() and not keyword.iskeyword(part) for part in module.split(".")):
            return [*path, *_imported(module, names)]
    run = ["import runpy", f"work = runpy.run_path({file!r})"]
    return [*path, *run, *(f"{name} = work[{name!r}]" for name in names)]


def _imported(module: str, names: Iterable[str]) -> list[str]:
    listed = ", ".join(sorted(names))
    return [f"from {module} import {listed}"] if listed else []


def _with_results_printed(calls: str, students: set[str]) -> str:
    """Return the lines so that they print the results of the student's functions, and of the last line."""
    lines = calls.split("\n")
    alone = [node for node in ast.parse(calls).body if isinstance(node, ast.Expr)]
    for node in alone:
        function = node.value.func if isinstance(node.value, ast.Call) else None
        is_theirs = isinstance(function, ast.Name) and function.id in students
        if node.lineno == node.end_lineno and (is_theirs or node.lineno == len(lines)):
            lines[node.lineno - 1] = f"print({lines[node.lineno - 1]})"
    return "\n".join(lines)
