"""Hypothesis strategies for suites.

Arrays are drawn as a shape and a seed: drawing and shrinking entry by entry would take seconds. The memory layout of an
array follows from its seed; the smallest seed gives the usual one. Numbers stay away from zero, where wrong gradients
look right.
"""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from grader.checks.numeric.descent import Quadratic, Row
from grader.checks.numeric.magnitudes import spread
from grader.checks.numeric.memory import in_fortran_order, with_gaps

Array = NDArray[np.float64]

SEEDS = st.integers(0, 2**32 - 1)


def arrays(
    shapes: tuple[int, ...] | st.SearchStrategy[tuple[int, ...]], low: float = 0.5, high: float = 2.0
) -> st.SearchStrategy[Array]:
    """Draw float64 arrays of one shape, or of drawn ones, with magnitudes from `low` to `high`.

    A third of them each is stored by rows, by columns, and with gaps.
    """
    drawn = shapes if isinstance(shapes, st.SearchStrategy) else st.just(shapes)
    return st.builds(_laid_out, drawn, SEEDS, st.just(low), st.just(high))


def _laid_out(shape: tuple[int, ...], seed: int, low: float, high: float) -> Array:
    arrange = (np.asarray, in_fortran_order, with_gaps)[seed % 3]
    array = spread(shape, seed, low, high)
    return arrange(array) if shape else array


def quadratic(dimension: int, seed: int) -> Quadratic:
    """Return a quadratic with different curvatures in which every pair of coordinates is coupled.

    Curvatures are 1 to 8 plus at most `dimension`. The gradient at the start is 1 to 3 in each coordinate, so that none
    is close to a change of sign. All numbers have two decimals, so that a person can follow a step by hand.
    """
    coupling = spread(dimension, seed, 0.5, 1.0)
    hessian = np.diag(np.geomspace(1.0, 8.0, dimension)) + np.outer(coupling, coupling)
    minimum = spread(dimension, seed + 1)
    start = minimum + np.linalg.solve(hessian, spread(dimension, seed + 2, 1.2, 2.8))
    return Quadratic(tuple(map(_row, hessian)), _row(minimum), _row(start))


def quadratics(least: int = 2, most: int = 4) -> st.SearchStrategy[Quadratic]:
    """Draw quadratics of `least` to `most` parameters; coupled coordinates need at least two."""
    return st.builds(quadratic, st.integers(least, most), SEEDS)


def _row(values: ArrayLike) -> Row:
    return tuple(round(float(value), 2) for value in np.asarray(values))
