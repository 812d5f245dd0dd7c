"""Numbers away from zero, where wrong gradients look right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def spread(shape: int | tuple[int, ...], seed: int, low: float = 0.5, high: float = 2.0) -> Array:
    """Return a float64 array of magnitudes from `low` to `high` and random signs."""
    random = np.random.default_rng(seed)
    return np.asarray(random.uniform(low, high, shape) * random.choice([-1.0, 1.0], shape))


def extremes(shape: tuple[int, ...], seed: int) -> Array:
    """Return numbers as in `spread`, but every third is 0, and those of the last sample are 300 times as large.

    With eleven samples or more, and sides that are equal, they have what a few small examples lack: exact zeros,
    outliers, a long batch, rows and columns that can be exchanged.
    """
    values = spread(shape, seed)
    values.flat[::3] = 0
    values[-1] *= 300
    return values
