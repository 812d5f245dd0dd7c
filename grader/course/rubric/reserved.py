"""Names that a rubric may not list, because the fixture `submission` has members with these names."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def reserved_names() -> frozenset[str]:
    """Return the public names of `grader.checks.Submission`, which would hide a student's function of the same name.

    They are read from its source, because importing it would import pytest, which a rubric does not need.
    """
    source = Path(__file__).parents[2] / "checks" / "asking" / "submission.py"
    statements = ast.parse(source.read_text(encoding="utf-8")).body
    classes = (node for node in statements if isinstance(node, ast.ClassDef))
    members = next(node.body for node in classes if node.name == "Submission")
    named = {member.name for member in members if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef)}
    return frozenset(name for name in named if not name.startswith("_"))
