"""Arrays at the edges of what a stub allows: smallest and large shapes, zeros, equal numbers, large and small numbers.

Wrong work is often right in general and wrong at one edge: an axis with a single entry is squeezed away, a count wraps
at 128 or 256, an array of zeros is taken for a missing one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from grader.checks.numeric.magnitudes import Array, spread

# More than eight bits can count, and not a length into which batches are likely to be cut.
LONG = 307


def at_edges(
    *shape: int, least: Sequence[int] = (), far: float = 4e3, tiny: float = 1e-3, long: Sequence[int] | None = None
) -> dict[str, Array]:
    """Return arrays for a check's own oracle, each under words for what is special about it.

    Each axis in turn has its `least` number of entries, by default one; those in `long`, by default all, have `LONG`.
    Arrays of the ordinary `shape` contain zeros, one number everywhere, or magnitudes up to `far`, and up to `tiny`.
    Omit from the result what the stub does not promise.
    """
    least = least or (1,) * len(shape)
    arrays = {}
    for axis, size in enumerate(least):
        arrays[f"{size} along axis {axis}"] = spread(_resized(shape, axis, size), seed=axis)
    arrays["zeros"] = np.zeros(shape)
    arrays["equal numbers"] = np.full(shape, 1.5)
    # Whole numbers, which single precision represents exactly too.
    arrays["large numbers"] = np.round(spread(shape, 1, far / 4, far))
    arrays["small numbers"] = spread(shape, 2, tiny / 4, tiny)
    # Last, because a failure shows all calls that led to it, unless they are too long to read.
    for axis in range(len(shape)) if long is None else long:
        arrays[f"{LONG} along axis {axis}"] = spread(_resized(shape, axis, LONG), seed=axis)
    return arrays


def pairs_at_edges(*shape: int, **options: object) -> Iterator[tuple[str, Array, Array]]:
    """Yield pairs of arrays of one shape, of which the first or the second is at an edge, as in `at_edges`.

    Each comes with words for what is special about it.
    """
    for what, array in at_edges(*shape, **options).items():  # type: ignore[arg-type]
        beside = spread(array.shape, seed=7)
        yield f"{what} first", array, beside
        yield f"{what} second", beside, array


def _resized(shape: tuple[int, ...], axis: int, size: int) -> tuple[int, ...]:
    return (*shape[:axis], size, *shape[axis + 1 :])
