"""The few lines of Python that reproduce a failure; only such as run are shown."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from collections.abc import Iterable, Mapping

from grader import checks
from grader.checks import Submission
from grader.outcome import Check
from grader.worker.props import PROPS

IN_A_CELL = "# In a cell of {notebook}:"
LIMIT = 12_000
TOO_LARGE = "# No lines to copy: what was handed over is too large to write here."
NO_PYTHON = "# No lines to copy: what was handed over is made by the check itself."
LOOK = "\n# `pytest --pdb --question {criterion}` stops where it fails, to look at it there."
# The engine's own work on the student's side, as far as it is written by its name.
WORK = frozenset({"adopt", "gradients", "loops", "make", "put_in_use", "scatter", "seen", "slope", "state"})


def snippet(submission: Submission, homes: Mapping[str, str], check: Check) -> str:
    """Return lines that make the calls of a check's present example again, or a comment on why there are none.

    `homes` are the files of the submission that the student's names stand in; the lines are for its folder. Names
    that no script has are there, as in a notebook.
    """
    calls = submission.snippet()
    if not calls:
        return ""
    look = LOOK.format(criterion=check.criterion) if check.visibility == "public" else ""
    names = _names_wanted(calls)
    if names is None or len(calls) > LIMIT:
        return TOO_LARGE + look
    students = names & submission.asked_for
    sources = _sources(names, students, homes)
    if sources is None:
        return NO_PYTHON + look
    return "\n".join([*_where(students, homes), *sources, "", _with_the_last_printed(calls)])


def _names_wanted(calls: str) -> set[str] | None:
    """Return the names that lines use and do not make; None for lines that are no Python."""
    try:
        tree = ast.parse(calls)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.id for node in names} - made - set(vars(builtins))


def _where(students: Iterable[str], homes: Mapping[str, str]) -> list[str]:
    """Return a comment on where the lines are to be run, if not in whatever Python."""
    elsewhere = {homes.get(name, "") for name in students if not homes.get(name, "").endswith(".py")}
    return [IN_A_CELL.format(notebook=" and ".join(sorted(elsewhere - {""})) or "your notebook")] if elsewhere else []


def _sources(names: set[str], own: set[str], homes: Mapping[str, str]) -> list[str] | None:
    """Return the lines that bring all names, or None where one is found nowhere."""
    props = (names - own) & set(PROPS)
    ours = (names - own - props) & set(checks.__all__)
    work = (names - own - ours) & WORK
    if names - own - ours - work - props - {"np", "torch"}:
        return None
    files = {file: [name for name in own if homes.get(name) == file] for file in sorted(set(homes.values()))}
    brought = [line for file, there in files.items() for line in _brought(file, sorted(there))]
    lines = ["import numpy as np", *["import torch"] * ("torch" in names), *brought]
    lines += [*_imported("grader.checks", ours), *_imported("grader.worker.props", props)]
    return [*lines, *_imported("grader.worker.lending", work)]


def _brought(file: str, names: list[str]) -> list[str]:
    """Return the lines that bring names of a script, run in the submission's folder; none for a notebook."""
    if not names or not file.endswith(".py"):
        return []
    folder, _, own = file.removesuffix(".py").rpartition("/")
    # What it imports may stand beside it.
    path = ["import sys", f"sys.path.insert(0, {folder!r})"] if folder else []
    for module in (f"{folder}/{own}".strip("/").replace("/", "."), own):
        if all(part.isidentifier() and not keyword.iskeyword(part) for part in module.split(".")):
            return [*path, *_imported(module, names)]
    run = ["import runpy", f"work = runpy.run_path({file!r})"]
    return [*path, *run, *(f"{name} = work[{name!r}]" for name in names)]


def _imported(module: str, names: Iterable[str]) -> list[str]:
    listed = ", ".join(sorted(names))
    return [f"from {module} import {listed}"] if listed else []


def _with_the_last_printed(calls: str) -> str:
    before, line_end, last = calls.rpartition("\n")
    return calls if re.match(r"\w+ = ", last) else f"{before}{line_end}print({last})"
