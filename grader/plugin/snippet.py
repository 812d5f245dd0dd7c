"""The few lines of Python that reproduce a failure; only such as run are shown."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable

from grader import checks
from grader.checks import Submission
from grader.outcome import Check
from grader.worker.props import PROPS

IN_A_CELL = "# In a cell of your notebook:"
LIMIT = 12_000
TOO_LARGE = "# No lines to copy: what was handed over is too large to write here."
NO_PYTHON = "# No lines to copy: what was handed over is made by the check itself."
LOOK = "\n# `pytest --pdb --question {criterion}` stops where it fails, to look at it there."
# The engine's own work on the student's side, as far as it is written by its name.
WORK = frozenset({"adopt", "gradients", "loops", "make", "put_in_use", "scatter", "seen", "slope", "state"})


def snippet(submission: Submission, module: str, check: Check) -> str:
    """Return lines that make the calls of a check's present example again, or a comment on why there are none.

    `module` is what the student's names are imported from; "" for names that are there, as in a notebook.
    """
    calls = submission.snippet()
    if not calls:
        return ""
    look = LOOK.format(criterion=check.criterion) if check.visibility == "public" else ""
    names = _names_wanted(calls)
    if names is None or len(calls) > LIMIT:
        return TOO_LARGE + look
    sources = _sources(names, submission.asked_for, module)
    if sources is None:
        return NO_PYTHON + look
    return "\n".join([*([] if module else [IN_A_CELL]), *sources, "", _with_the_last_printed(calls)])


def _names_wanted(calls: str) -> set[str] | None:
    """Return the names that lines use and do not make; None for lines that are no Python."""
    try:
        tree = ast.parse(calls)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.id for node in names} - made - set(vars(builtins))


def _sources(names: set[str], students: set[str], module: str) -> list[str] | None:
    """Return the imports that bring all names, or None where one is found nowhere."""
    own = names & students
    props = (names - own) & set(PROPS)
    ours = (names - own - props) & set(checks.__all__)
    work = (names - own - ours) & WORK
    if names - own - ours - work - props - {"np", "torch"}:
        return None
    lines = ["import numpy as np", *["import torch"] * ("torch" in names)]
    lines += _imported(module, own) if module else []
    lines += [*_imported("grader.checks", ours), *_imported("grader.worker.props", props)]
    return [*lines, *_imported("grader.worker.lending", work)]


def _imported(module: str, names: Iterable[str]) -> list[str]:
    listed = ", ".join(sorted(names))
    return [f"from {module} import {listed}"] if listed else []


def _with_the_last_printed(calls: str) -> str:
    before, line_end, last = calls.rpartition("\n")
    return calls if re.match(r"\w+ = ", last) else f"{before}{line_end}print({last})"
