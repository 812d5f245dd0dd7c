"""Hidden checks of the vector-Jacobian products of circular correlation, against both Jacobians by their definition."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import (
    arrays,
    assert_close,
    at_edges,
    criterion,
    fail,
    in_company,
    pairs_at_edges,
    spread,
    with_gaps,
)

seeds = st.integers(0, 2**32 - 1)
signals = arrays(st.tuples(st.integers(3, 7)))
LONG = spread((12,), seed=3)


def asked(function: Callable, *signals: np.ndarray) -> object:
    """The submission's answer, between calls with other signals of this length, and for views with gaps in memory."""
    return in_company(function, [with_gaps(signal) for signal in signals], [signal[::-1] + 3.0 for signal in signals])


def another(signal: np.ndarray, seed: int) -> np.ndarray:
    return spread(signal.shape, seed)


def edges() -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Pairs of signals, of which one is at an edge, in words and numbers."""
    return pairs_at_edges(5, far=1e4)


def taken(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both Jacobians, by the definition: y at i + k, and x at i − k."""
    k, i = np.indices((len(x), len(x)))
    return y[(i + k) % len(x)], x[(i - k) % len(x)]


def products(pair: Any) -> list[object]:
    """The submission's x_bar and y_bar, of what `vjp` returned."""
    rows = list(pair) if isinstance(pair, tuple | list) or np.ndim(pair) == 2 else []
    if len(rows) != 2:
        fail("vjp does not return a pair of arrays (x_bar, y_bar)", f"got: {pair!r:.300}")
    return rows


@criterion("correlation.products.x_bar")
@given(x=signals, seed=seeds)
@example(x=LONG, seed=1)
@settings(max_examples=4)
def test_the_gradient_by_x_is_right(submission, x, seed):
    """Return v times the Jacobian by x: the correlation of v with y.

    Catches: convolution for correlation, the upstream gradient left out, the pair exchanged.
    """
    y, v = another(x, seed), another(x, seed + 1)
    x_bar, _ = products(asked(submission.vjp, x, y, v))
    assert_close(x_bar, v @ taken(x, y)[0], what="x_bar")


@criterion("correlation.products.y_bar")
@given(x=signals, seed=seeds)
@example(x=LONG, seed=1)
@settings(max_examples=4)
def test_the_gradient_by_y_is_right(submission, x, seed):
    """Return v times the Jacobian by y: the circular convolution of v with x.

    Catches: correlation for convolution (the Jacobian transposed), v left out, the pair exchanged.
    """
    y, v = another(x, seed), another(x, seed + 1)
    _, y_bar = products(asked(submission.vjp, x, y, v))
    assert_close(y_bar, v @ taken(x, y)[1], what="y_bar")


@criterion("correlation.products.x_bar")
def test_the_gradient_by_x_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for signals of one entry and of many, of zeros, of equal, large and small numbers; v may be 0.

    Catches: an axis of one entry that is squeezed away, a gradient of zeros taken for a missing one, a clip.
    """
    assert_products(submission, "x")


@criterion("correlation.products.y_bar")
def test_the_gradient_by_y_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for signals of one entry and of many, of zeros, of equal, large and small numbers; v may be 0.

    Catches: an axis of one entry that is squeezed away, a gradient of zeros taken for a missing one, a clip.
    """
    assert_products(submission, "y")


def assert_products(submission, name: str) -> None:
    number = "xy".index(name)
    others = [(f"{what} upstream", spread(v.shape, 8), spread(v.shape, 9), v) for what, v in at_edges(5).items()]
    for what, x, y, v in [*others, *((what, x, y, spread(x.shape, 8)) for what, x, y in edges())]:
        got = products(submission.vjp(x, y, v))[number]
        assert_close(got, v @ taken(x, y)[number], what=f"{name}_bar for {what}")
