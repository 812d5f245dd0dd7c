"""Checks from collected pytest items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.core.errors import SuiteError
from grader.core.outcome import Check, Visibility


def check_of(item: pytest.Item, root: Path, visibility: Mapping[Path, Visibility]) -> Check:
    """Return an item as a check. Raises SuiteError if it names no criterion."""
    marker = item.get_closest_marker("criterion")
    path = item.path.resolve()
    where = f"{_relative(path, root)}::{item.name}"
    if marker is None or len(marker.args) != 1:
        raise SuiteError(
            "a check names no criterion",
            where=where,
            expected='@criterion("question.criterion") above the test',
            todo="mark it, or move it out of the suite",
        )
    asked, catches = sentences(getattr(getattr(item, "obj", None), "__doc__", None) or "")
    if not asked:
        raise SuiteError("a check does not say what it asks", where=where, expected="a docstring of one sentence")
    return Check(where, marker.args[0], visibility.get(path, "hidden"), asked, catches, marker.kwargs.get("weight", 1))


def sentences(docstring: str) -> tuple[str, str]:
    """Return what a check asks (its docstring's first paragraph) and what its ``Catches:`` line names."""
    text, _, catches = docstring.partition("Catches:")
    asked = " ".join(re.split(r"\n\s*\n", text.strip(), maxsplit=1)[0].split())
    return asked, " ".join(catches.split())


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
