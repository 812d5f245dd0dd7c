"""The law of small settings: what training leads to keeps it, what was looked up or made up does not."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks import CheckFailed
from grader.checks.runs.near_nothing import assert_proportional

Loss = Callable[[float], float]
RECORD = {0.003: 2.2995, 0.01: 2.2918, 0.03: 2.2816, 0.1: 2.2824, 0.3: 2.2960}


def trained(steps: int, precision: type[np.floating]) -> Loss:
    """Return the loss of a straight line that is fitted by gradient descent, as a function of the rate."""
    random_numbers = np.random.default_rng(steps)
    x = random_numbers.normal(size=(200, 5)).astype(precision)
    y = x @ np.arange(5).astype(precision)

    def loss(rate: float) -> float:
        w = np.zeros(5, precision)
        for step in range(steps):
            part = slice(step * 10 % 200, step * 10 % 200 + 10)
            w -= precision(rate) * x[part].T @ (x[part] @ w - y[part]) / precision(10)
        return float(np.mean((x @ w - y) ** 2))

    return loss


def nearest(rate: float) -> float:
    return RECORD[min(RECORD, key=lambda known: abs(known - rate))]


def nearest_by_decades(rate: float) -> float:
    return RECORD[min(RECORD, key=lambda known: abs(math.log(known / rate)))]


def with_noise(rate: float) -> float:
    return nearest(rate) + random.Random(repr(rate)).uniform(-4e-4, 4e-4)


def with_a_little_noise(rate: float) -> float:
    return nearest(rate) + random.Random(repr(rate)).uniform(-1e-6, 1e-6)


@given(
    steps=st.sampled_from([1, 4, 40, 400]),
    precision=st.sampled_from([np.float32, np.float64]),
    largest=st.sampled_from([1.0, 0.1, 0.001, 1e-6]),
)
def test_what_is_trained_changes_in_proportion_whatever_its_rates(
    steps: int, precision: type[np.floating], largest: float
) -> None:
    loss = trained(min(steps, 40) if largest == 1.0 else steps, precision)
    assert_proportional(loss, largest, what="rate")


@pytest.mark.parametrize("made_up", [nearest, nearest_by_decades, with_noise, with_a_little_noise])
def test_what_was_looked_up_or_made_up_does_not(made_up: Loss) -> None:
    for largest in (0.3, 0.1):
        with pytest.raises(CheckFailed, match="does not change in proportion to a small rate"):
            assert_proportional(made_up, largest, what="rate")


def test_what_no_rate_changes_is_told_from_what_a_small_rate_hardly_changes() -> None:
    """Catches: code that ignores the setting that is said to be swept."""
    with pytest.raises(CheckFailed, match="a run is the same whatever its rate"):
        assert_proportional(lambda rate: 2.0, 0.3, what="rate")
    loss = trained(40, np.float32)
    assert loss(1e-12) == loss(0.0)
    assert_proportional(loss, 1e-12, what="rate")


def test_a_run_is_asked_for_nine_times_at_most() -> None:
    asked: list[float] = []

    def loss(rate: float) -> float:
        asked.append(rate)
        return RECORD[0.3] if rate == 0.3 else 2.0

    with pytest.raises(CheckFailed):
        assert_proportional(loss, 0.3, what="rate")
    assert len(asked) == 9
