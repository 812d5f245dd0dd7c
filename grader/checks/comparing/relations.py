"""What wrong numbers have to do with the right ones: a factor, a sign, an order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALL_ENTRIES = "all entries "
Array = NDArray[Any]


def relation(got: Array, expected: Array, same: Callable[[Array, Array], bool]) -> str:
    """Return a sentence that begins with `ALL_ENTRIES`, or '' where the two have nothing simple in common.

    `got` and `expected` are real and of one shape; `same` tells whether two arrays are equal but for rounding.
    """
    if np.unique(expected[expected != 0]).size < 2 or np.iscomplexobj(got) or np.iscomplexobj(expected):
        return ""
    return next((f"{ALL_ENTRIES}{words}" for words, other in _others(got, expected) if same(got, other)), "")


def _others(got: Array, expected: Array) -> Iterator[tuple[str, Array]]:
    """Yield what `got` might be, with words for it."""
    yield "have the wrong sign", -expected
    largest = np.unravel_index(np.abs(expected).argmax(), expected.shape)
    factor, difference = float(got[largest] / expected[largest]), float(got[largest] - expected[largest])
    if factor != 0:
        yield f"are {factor:.4g} times what is expected", expected * factor
    yield f"are {abs(difference):.4g} {'more' if difference > 0 else 'less'} than expected", expected + difference
    if expected.ndim == 2 and expected.shape[0] == expected.shape[1]:
        yield "are transposed: rows stand where columns are expected", expected.T
    for axis in range(expected.ndim):
        yield f"are in reverse order along axis {axis}", np.flip(expected, axis)
    if np.array_equal(np.sort(got, axis=None), np.sort(expected, axis=None)):
        yield "are among those expected, in another order", got
