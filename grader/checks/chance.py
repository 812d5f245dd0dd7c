"""Is what was drawn at random drawn as asked for? Counts are held to what chance leaves all but once in a billion."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from grader.checks.failing import fail

# Standard deviations of a normal distribution that chance exceeds once in a billion times.
FAR = 6.0


def assert_even(counts: ArrayLike, kind: str) -> None:
    """Fail with `kind` unless counts, of whatever shape, are those of things that are all equally likely.

    By Pearson's chi-square of n counts with n - 1 degrees of freedom, its quantile by Wilson and Hilferty, "The
    distribution of chi-square", 1931. Where rows or columns are given sums there are fewer degrees of freedom than
    that, which makes the check only milder.
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
    """Fail with `kind` unless something happened about as often as its probability says, `of` times independently."""
    deviation = (of * probability * (1 - probability)) ** 0.5
    if not abs(times - of * probability) <= FAR * deviation:
        fail(kind, f"{times:g} of {of} for a probability of {probability:.4g}")


def chi_square_limit(freedom: int) -> float:
    """Return what a chi-square of so many degrees of freedom exceeds once in a billion times."""
    spread = 2 / (9 * freedom)
    return float(freedom * (1 - spread + FAR * spread**0.5) ** 3)
