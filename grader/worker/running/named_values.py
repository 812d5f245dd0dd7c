"""What the names in a line of the student's stood for when it raised an exception."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Mapping
from typing import Any

NAME_LIMIT = 8
VALUE_LIMIT = 40
# Python refuses to write out an int of thousands of digits.
MOST_BITS = 128
NUMBERS = (bool, float, complex, type(None))
COLLECTIONS = (list, tuple, dict, set, frozenset)
_NAME = re.compile(r"(?<![\w.'\"])[^\W\d]\w*")


def named_values(line: str, values: Mapping[str, Any]) -> list[str]:
    """Return a line for each variable that `line` names, such as ``x: float64 of shape (2, 3)``.

    Only what has a value of Python's own, an array or a tensor is described; nothing of the student's is called.
    """
    told = {name: described(values[name]) for name in dict.fromkeys(_names(line)) if name in values}
    return [f"{name}: {words}" for name, words in told.items() if words][:NAME_LIMIT]


def described(value: object) -> str:
    """Return what a value is in a few words, and '' for everything that only its own methods could describe."""
    kind: Any = type(value)
    if _is_array(kind):
        array: Any = value
        return f"{_clipped(str(array.dtype).removeprefix('torch.'))} of shape {tuple(array.shape)}"
    if isinstance(value, int) and kind is int:
        return repr(value) if value.bit_length() <= MOST_BITS else f"int of {value.bit_length()} bits"
    if isinstance(value, str | bytes) and kind in {str, bytes}:
        return _clipped(repr(value[: VALUE_LIMIT + 1]))  # of a long text no copy is made
    if kind in NUMBERS:
        return repr(value)
    if kind in COLLECTIONS:
        number = len(value)  # type: ignore[arg-type]
        return f"{kind.__name__} of {number} entr{'y' if number == 1 else 'ies'}"
    return ""


def _clipped(words: str) -> str:
    return words if len(words) <= VALUE_LIMIT else f"{words[:VALUE_LIMIT]}…"


def _is_array(kind: type) -> bool:
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    return (numpy is not None and kind is numpy.ndarray) or (torch is not None and kind is torch.Tensor)


def _names(line: str) -> list[str]:
    """Return the names that a line of source reads, in order; one that is part of a statement has no syntax tree."""
    try:
        nodes = [node for node in ast.walk(ast.parse(line.strip())) if isinstance(node, ast.Name)]
    except SyntaxError:
        return _NAME.findall(line)
    return [node.id for node in sorted(nodes, key=lambda node: node.col_offset)]
