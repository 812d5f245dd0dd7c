"""Whether random draws follow the required distribution, within limits that chance exceeds once in 10⁹ times."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from grader.checks.asking.failing import fail

# The number of standard deviations that a normal variable exceeds once in a billion times.
FAR = 6.0


def assert_even(counts: ArrayLike, kind: str) -> None:
    """Fail with `kind` unless counts, of any shape, are those of things that are all equally likely.

    Uses Pearson's chi-square of n counts with n - 1 degrees of freedom, its quantile by Wilson and Hilferty, "The
    distribution of chi-square", 1931. If rows or columns have given sums there are fewer degrees of freedom, which only
    makes the check more lenient.
    """
    table = np.asarray(counts, float)
    expected = table.mean()
    if not expected > 0:
        fail(kind, "nothing was drawn")
    statistic, limit = float(((table - expected) ** 2).sum() / expected), chi_square_limit(table.size - 1)
    if statistic > limit:
        detail = f"expected about {expected:.4g} of each, got {np.array2string(table, threshold=60)}"
        fail(kind, f"{detail}; chi-square {statistic:.4g}, at most {limit:.4g}")


def assert_share(times: float, of: int, probability: float, kind: str) -> None:
    """Fail with `kind` unless something happened as often in `of` independent trials as its probability implies."""
    deviation = (of * probability * (1 - probability)) ** 0.5
    if not abs(times - of * probability) <= FAR * deviation:
        fail(kind, f"{times:g} of {of} for a probability of {probability:.4g}")


def assert_mixed(order: ArrayLike, kind: str) -> None:
    """Fail with `kind` if numbers from 0 on kept something of their places: in blocks, or except for a few.

    Between n places and the numbers at them, in random order, the correlation has a variance of 1 / (n - 1).
    """
    places = np.asarray(order, float)
    correlation = float(np.corrcoef(places, np.arange(len(places)))[0, 1])
    if not abs(correlation) <= FAR / (len(places) - 1) ** 0.5:
        fail(kind, f"the correlation of places before and after is {correlation:.3g}, of {len(places)} samples")


def assert_unrelated(one: ArrayLike, other: ArrayLike, kind: str) -> None:
    """Fail with `kind` where two arrays of n entries, drawn independently of each other, go up and down together.

    Their correlation has a variance of 1 / (n - 1).
    """
    first, second = np.ravel(one).astype(float), np.ravel(other).astype(float)
    correlation = float(np.corrcoef(first, second)[0, 1])
    if not abs(correlation) <= FAR / (len(first) - 1) ** 0.5:
        fail(kind, f"their correlation is {correlation:.3g}, of {len(first)} numbers")


def unlike_seeds(seed: int) -> list[int]:
    """Return seeds that stay different unless a number is halved, folded, bounded, or 0 is taken for no seed.

    They include seeds that people use if none is given.
    """
    return sorted({0, 1, 42, 123, 1234, *(seed + step for step in (0, 1, 2, 10, 16, 100, 256, 1000, 2**16, 10**6))})


def chi_square_limit(freedom: int) -> float:
    """Return the limit that a chi-square with this many degrees of freedom exceeds once in a billion times."""
    spread = 2 / (9 * freedom)
    return float(freedom * (1 - spread + FAR * spread**0.5) ** 3)
