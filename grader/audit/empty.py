"""Work that answers without solving anything: none of it may earn anything."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

# What each function answers, given its arguments and the solution's answer, of which it may know the form.
ANSWERS = {
    "None": "None",
    "zeros of the right shape": "_like(right(), 0.0)",
    "ones of the right shape": "_like(right(), 1.0)",
    "NaN of the right shape": "_like(right(), np.nan)",
    "the number 7": "7.0",
    "an empty array": "np.zeros(0)",
    "the right numbers in a wrong shape": "_reshaped(right())",
    "its first argument": "next(iter([*args, *kwargs.values()]), None)",
    "its last argument": "next(iter([*kwargs.values(), *reversed(args)]), None)",
}
_PRELUDE = """
import numpy as np


def _like(right, number):
    if isinstance(right, (list, tuple)):
        return type(right)(_like(part, number) for part in right)
    if isinstance(right, dict):
        return {key: _like(part, number) for key, part in right.items()}
    if type(right).__name__ == "Tensor":
        return right.new_full(right.shape, number)
    array = np.asarray(right)
    return np.full(array.shape, number) if array.dtype.kind in "biufc" else None


def _reshaped(right):
    if isinstance(right, (list, tuple)):
        return type(right)(_reshaped(part) for part in right)
    if isinstance(right, dict):
        return {key: _reshaped(part) for key, part in right.items()}
    if type(right).__name__ == "Tensor":
        return right[..., None]
    array = np.asarray(right)
    return array[..., None] if array.dtype.kind in "biufc" else None


def _answer(right, args, kwargs):
    return ANSWER


def _empty(solved):
    def answer(*args, **kwargs):
        return _answer(lambda: solved(*args, **kwargs), args, kwargs)

    return answer


def _empty_method(solved):
    def answer(self, *args, **kwargs):
        return _answer(lambda: solved(self, *args, **kwargs), args, kwargs)

    return answer

"""


def empty_overlay(source: str, names: Collection[str], answer: str) -> str:
    """Return what is to be laid over a solved module so that `names` answer by an expression of `ANSWERS`.

    Classes keep their constructors and lose what their other methods do.
    """
    definitions = [node for node in ast.parse(source).body if getattr(node, "name", "") in names]
    lines = [line for node in definitions for line in _replacement(node)]
    return _PRELUDE.replace("ANSWER", answer) + "\n".join(lines) + "\n"


def _replacement(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef):
        yield f"{node.name} = _empty({node.name})"
    elif isinstance(node, ast.ClassDef):
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and (part.name[0] != "_" or _answers(part.name)):
                yield f"{node.name}.{part.name} = _empty_method({node.name}.{part.name})"


def _answers(name: str) -> bool:
    # What Python calls for len(x), x[k], x(…) and loops, and no constructor.
    return name.startswith("__") and name not in {"__init__", "__new__", "__post_init__"}
