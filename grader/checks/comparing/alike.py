"""Whether two programs answer alike: compares a submission with known work, whatever both were asked."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.comparing.closeness import ROUNDING
from grader.worker.wire.codec import Callback, Handle
from grader.worker.wire.figures import Figure, as_data
from grader.worker.wire.tensors import as_array


def alike(one: object, other: object) -> bool:
    """Return whether two values from a worker are the same, except for rounding and the kind of sequence.

    Objects that stay with their program are all alike: the answers of their methods distinguish them.
    """
    if (as_array(one) is None) != (as_array(other) is None):
        return False
    if isinstance(one, Handle | Callback) or isinstance(other, Handle | Callback):
        return type(one) is type(other)
    if isinstance(one, Figure) and isinstance(other, Figure):
        return alike(as_data(one), as_data(other))
    if type(one) is dict and type(other) is dict:
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    first, second = as_numbers(one), as_numbers(other)
    if first is not None and second is not None:
        return _close(first, second)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    return first is second is None and type(one) is type(other) and one == other


def as_numbers(value: object) -> NDArray[Any] | None:
    """Return the numbers of an array, a tensor, a number, or of rows of them; None for anything else."""
    if (held := as_array(value)) is not None:
        return held
    if not isinstance(value, np.ndarray | np.generic | bool | int | float | complex | list | tuple):
        return None
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError, RuntimeError):
        return None  # rows of different lengths, or tensors that require a gradient
    return array if array.dtype.kind in "biufc" else None


def _close(one: NDArray[Any], other: NDArray[Any]) -> bool:
    kinds = [(array.dtype.kind == "b", array.dtype.kind == "c") for array in (one, other)]
    if one.shape != other.shape or kinds[0] != kinds[1]:
        return False
    if one.dtype.kind == "b" or one.size == 0:
        return np.array_equal(one, other)
    coarsest = max(float(np.finfo(a.dtype).eps) for a in (one, other, np.zeros(0)) if a.dtype.kind in "fc")
    relative = max(ROUNDING.relative, min(coarsest, float(np.finfo(np.float32).eps)) ** 0.5)
    with np.errstate(all="ignore"):
        finite = np.abs(other[np.isfinite(other)])
        absolute = ROUNDING.absolute * float(finite.max(initial=0))
        return bool(np.isclose(one, other, rtol=relative, atol=absolute, equal_nan=True).all())
