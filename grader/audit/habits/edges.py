"""Saboteurs that are wrong at one edge of the possible inputs, and right everywhere else.

One that never fires reveals an edge that no check tries.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.audit.habits.habit import Saboteur, spoiling
from grader.audit.values import is_array, is_float, is_real, is_tensor

FAR, MANY = 1e3, 256


def _at(edge: Callable[[Any], bool]) -> Saboteur:
    """Return a saboteur that gives other numbers if an array argument is at the edge."""

    def spoil(result: Any, args: tuple[Any, ...]) -> Any:
        given = (value for value in args if (is_array(value) or is_tensor(value)) and value.ndim)
        return _other(result) if any(map(edge, given)) else result

    return spoiling(spoil)


def _other(result: Any) -> Any:
    """Return all numbers greater by one and by their size, which is visible for large ones too."""
    if isinstance(result, dict):
        return {key: _other(value) for key, value in result.items()}
    if isinstance(result, (list, tuple)):
        return type(result)(map(_other, result))
    return result + abs(result) + 1 if type(result) in {int, float} or is_real(result) else result


def _some(value: Any) -> bool:
    return 0 not in value.shape


def _is_zero(value: Any) -> bool:
    return _some(value) and not value.any()


def _is_constant(value: Any) -> bool:
    first = value.reshape(-1)[0] if _some(value) else 0
    return _some(value) and max(value.shape) > 1 and bool(first) and bool((value == first).all())


def _is_far(value: Any) -> bool:
    return is_float(value) and _some(value) and bool(abs(value).max() > FAR)


def _is_half(value: Any) -> bool:
    return is_float(value) and np.dtype(np.float16).itemsize == value.itemsize


EDGES: dict[str, Saboteur] = {
    "is wrong for an array of zeros": _at(_is_zero),
    "is wrong for an array of equal numbers": _at(_is_constant),
    "is wrong for a single row": _at(lambda v: v.shape[0] == 1),
    "is wrong where a later axis has one entry": _at(lambda v: 1 in v.shape[1:]),
    "is wrong for an axis of more than 256 entries": _at(lambda v: max(v.shape) > MANY),
    "is wrong for numbers far from zero": _at(_is_far),
    "is wrong for half precision": _at(_is_half),
    "is wrong for whole numbers": _at(lambda v: is_real(v) and not is_float(v)),
}
