"""What chance allows, and what it does not."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import CheckFailed
from grader.checks.comparing.chance import assert_even, assert_share, assert_unrelated, chi_square_limit


def test_even_draws_pass_and_uneven_ones_do_not() -> None:
    random = np.random.default_rng(1)
    assert_even(np.bincount(random.integers(0, 5, 600), minlength=5), "uneven")
    rounded = np.rint(random.uniform(0, 4, 1000)).astype(int)  # the first and the last come half as often
    with pytest.raises(CheckFailed, match="uneven"):
        assert_even(np.bincount(rounded, minlength=5), "uneven")
    with pytest.raises(CheckFailed, match="uneven"):
        assert_even(np.zeros(5), "uneven")


def test_a_share_is_held_to_its_probability() -> None:
    assert_share(312, 1000, 0.3, "too often")
    for times in (0, 200, 500, float("nan")):
        with pytest.raises(CheckFailed, match="too often"):
            assert_share(times, 1000, 0.3, "too often")


def test_what_is_drawn_anew_is_unrelated_and_the_same_in_another_scale_is_not() -> None:
    one, other = np.random.default_rng(1).normal(size=(2, 4, 25))
    assert_unrelated(one, other, "not drawn anew")
    for related in (1.1 * one + 0.1, -one, one + 0.5 * other):
        with pytest.raises(CheckFailed, match="not drawn anew"):
            assert_unrelated(one, related, "not drawn anew")


@pytest.mark.parametrize("freedom", [4, 24, 100])
def test_the_limit_is_that_of_one_case_in_a_billion(freedom: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    assert 1e-10 <= stats.chi2.sf(chi_square_limit(freedom), freedom) <= 1e-9
