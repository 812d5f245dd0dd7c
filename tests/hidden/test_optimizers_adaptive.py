"""Hidden checks of AdaGrad and RMSProp: laws of one parameter, of several, of epsilon, and whole paths.

One parameter alone cannot tell a rate per coordinate from one rate for all, and epsilon shows as the
difference of two denominators, whatever else stands in them: so that one mistake costs its own
criterion. The whole paths, which every mistake breaks, run at an epsilon too small to matter.
"""

from collections.abc import Callable

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import (
    FAR_OUT,
    ConstantGradient,
    Quadratic,
    Rule,
    arrays,
    assert_apart,
    assert_close,
    criterion,
    fail,
    follow,
    moves,
    quadratic,
    quadratics,
    walk,
)

STEPS, MANY = 5, 64
TINY = 1e-8
# Paths are of size 1. A sum kept in single precision is right work, even where the
# result is double; the mistakes that are looked for here are off by 1e-3 and more.
ROUNDING = {"rtol": 1e-5, "atol": 1e-5}

learning_rates = st.sampled_from([0.02, 0.05, 0.08])
# Never 1/2, where keeping rho and adding 1 - rho cannot be told from the other way round.
decays = st.sampled_from([0.6, 0.8, 0.9])


def adaptive(rate: float, kept: float = 1.0, added: float = 1.0) -> Rule:
    """AdaGrad; RMSProp with ``kept=rho, added=1 - rho``."""

    def rule(p: np.ndarray, s: np.ndarray, gradient: Callable) -> tuple[np.ndarray, np.ndarray]:
        slope = gradient(p)
        s = kept * s + added * slope**2
        return p - rate * slope / (np.sqrt(s) + TINY), s

    return rule


# Magnitudes far apart, so that a rate shared by all shows, and signs of both sorts.
SLOPES = ConstantGradient((1.0, -2.0, 4.0))


def slopes_in_turn(values: np.ndarray) -> list[ConstantGradient]:
    return [ConstantGradient((float(value),)) for value in values]


def assert_rates_apart(make: Callable[[], object]) -> None:
    """A steeper coordinate has a smaller rate, and what one coordinate does is nothing to the others."""
    steps = moves(make(), [SLOPES] * 3, np.zeros(3))
    rates = np.abs(steps[-1] / SLOPES.values)
    if not (rates[0] > 1.5 * rates[1] and rates[1] > 1.5 * rates[2]):
        fail("a steeper coordinate does not get a smaller rate", f"step / gradient: {rates}")
    steeper = ConstantGradient((1.0, -2.0, 16.0))
    got = moves(make(), [steeper] * 3, np.zeros(3))
    what = "the ratio of steps of one coordinate before and after another's gradient has changed"
    assert_close(got[:, :2] / steps[:, :2], np.ones((3, 2)), what=what, rtol=1e-3)


def assert_epsilon_outside(make: Callable[[float], object], rate: float) -> None:
    """The denominator of a step grows by exactly as much as epsilon does, whatever else stands in it."""

    def denominators(epsilon: float) -> np.ndarray:
        steps = moves(make(epsilon), [SLOPES] * 2, np.zeros(3))
        return np.abs(np.asarray(rate * np.array(SLOPES.values), dtype=steps.dtype) / steps)

    for small, large in ((1e-3, 0.5), (TINY, 1e-3)):
        before, after = denominators(small), denominators(large)
        expected = before + np.asarray(large - small, dtype=before.dtype)
        assert_close(after, expected, what="what the step divides by", **ROUNDING)


def assert_flat_stays(optimizer: object) -> None:
    """A coordinate that never has a slope does not move: 0 / (0 + epsilon) is 0."""
    steps = moves(optimizer, [ConstantGradient((0.0, 1.0))] * 2, np.array([0.75, 0.75]))
    assert_close(steps[:, 0], np.zeros(2), what="the movement of a coordinate without slope", atol=1e-6)


@criterion("optimizers.adagrad.accumulation")
@given(slope=arrays((1,)), rate=learning_rates)
@settings(max_examples=3)
def test_adagrad_slows_down_by_the_root_of_time(submission, slope, rate):
    """Under a constant slope, make the t-th step as long as rate / √t.

    Catches: squares that are not summed, a missing root, dividing before the sum is updated.
    """
    gradients = slopes_in_turn(np.repeat(slope, STEPS))
    got = walk(submission.AdaGrad(learning_rate=rate, epsilon=TINY), gradients, np.zeros(1))
    lengths = np.append(0, rate / np.sqrt(np.arange(1, STEPS + 1)))
    expected = -np.sign(slope) * np.cumsum(lengths)[:, None]
    assert_close(got, expected, what="the path under a constant slope", **ROUNDING)


@criterion("optimizers.adagrad.accumulation")
@given(values=arrays((STEPS,)), rate=learning_rates)
@settings(max_examples=4)
def test_adagrad_sums_the_squares_of_all_slopes(submission, values, rate):
    """With one parameter and a slope that varies, divide by the root of the sum of all squares so far.

    Catches: a sum of gradients instead of squares, a count instead of a sum, an average.
    """
    gradients = slopes_in_turn(values)
    got = walk(submission.AdaGrad(learning_rate=rate, epsilon=TINY), gradients, np.zeros(1))
    steps = rate * values / np.sqrt(np.cumsum(values**2))
    expected = -np.cumsum(np.append(0, steps))[:, None]
    assert_close(got, expected, what="the path under varying slopes", **ROUNDING)


@criterion("optimizers.adagrad.accumulation")
def test_each_adagrad_has_a_sum_of_its_own(submission):
    """Keep the sum in the object: two optimizers do not disturb each other.

    Catches: a sum kept in the class, in a global variable or in a default argument.
    """
    problems = [quadratic(2, seed) for seed in (1, 2)]
    assert_apart(lambda: submission.AdaGrad(learning_rate=0.05, epsilon=TINY), problems, "sum of squares")


@criterion("optimizers.adagrad.coordinates")
@given(rate=learning_rates)
@settings(max_examples=2)
def test_adagrad_has_a_rate_for_each_coordinate(submission, rate):
    """Give each coordinate a rate of its own, which depends on its own gradients only.

    Catches: the squares summed over the whole vector.
    """
    assert_rates_apart(lambda: submission.AdaGrad(learning_rate=rate, epsilon=TINY))


@criterion("optimizers.adagrad.epsilon")
def test_adagrad_adds_epsilon_to_the_root(submission):
    """Add epsilon outside the square root, also where it is not small.

    Catches: epsilon inside the root, forgotten, or replaced by a fixed small number.
    """
    assert_epsilon_outside(lambda epsilon: submission.AdaGrad(learning_rate=0.05, epsilon=epsilon), rate=0.05)


@criterion("optimizers.adagrad.epsilon")
def test_adagrad_stays_where_there_is_no_slope(submission):
    """Leave a coordinate without slope where it is, instead of dividing zero by zero.

    Catches: no epsilon at all.
    """
    assert_flat_stays(submission.AdaGrad(learning_rate=0.1, epsilon=1e-3))


@criterion("optimizers.adagrad.trajectory")
@given(problem=quadratics(), rate=learning_rates)
@settings(max_examples=4)
def test_adagrad_follows_the_recurrence(submission, problem: Quadratic, rate):
    """Make several steps of AdaGrad on functions whose coordinates are coupled.

    Catches: all mistakes of accumulation, a coordinate updated before the other's gradient is taken.
    """
    gradients = [problem] * STEPS
    got = walk(submission.AdaGrad(learning_rate=rate, epsilon=TINY), gradients, problem.origin)
    expected = follow(adaptive(rate), gradients, problem.origin)
    assert_close(got, expected, what="the path of AdaGrad", **ROUNDING)


@criterion("optimizers.adagrad.trajectory")
def test_adagrad_goes_a_long_way(submission):
    """Make 64 long steps from parameters of thousands, where gradients are in the hundreds.

    Catches: gradients, sums or parameters that are clipped, a rate that falls, a sum reset now and then.
    """
    gradients = [FAR_OUT] * MANY
    got = walk(submission.AdaGrad(learning_rate=100.0, epsilon=TINY), gradients, FAR_OUT.origin)
    assert_close(got, follow(adaptive(100.0), gradients, FAR_OUT.origin), what="the path from far away", **ROUNDING)


@criterion("optimizers.adagrad.trajectory")
@given(problem=quadratics(), power=st.sampled_from([-3, 3]))
@settings(max_examples=2)
def test_adagrad_does_not_see_the_scale_of_the_function(submission, problem: Quadratic, power):
    """Follow the same path on c f with c epsilon as on f with epsilon.

    Catches: a missing root, a gradient that enters otherwise than by its ratio.
    """
    paths = [
        walk(submission.AdaGrad(learning_rate=0.05, epsilon=c * TINY), [problem.scaled(c)] * 3, problem.origin)
        for c in (1.0, 2.0**power)
    ]
    if np.ptp(paths[0], axis=0).min() < 1e-6:
        fail("AdaGrad hardly moves")
    assert_close(paths[1], paths[0], what="the path on a scaled function", **ROUNDING)


@criterion("optimizers.rmsprop.average")
@given(slope=arrays((1,)), rate=learning_rates, rho=decays)
@settings(max_examples=3)
def test_rmsprop_forgets_its_start_under_a_constant_slope(submission, slope, rate, rho):
    """Under a constant slope, make the t-th step as long as rate / √(1 - rho^t).

    Catches: the factor 1 - rho missing or exchanged with rho, Adam's correction, AdaGrad.
    """
    gradients = slopes_in_turn(np.repeat(slope, STEPS))
    got = walk(submission.RMSProp(learning_rate=rate, rho=rho, epsilon=TINY), gradients, np.zeros(1))
    lengths = np.append(0, rate / np.sqrt(1 - rho ** np.arange(1, STEPS + 1)))
    expected = -np.sign(slope) * np.cumsum(lengths)[:, None]
    assert_close(got, expected, what="the path under a constant slope", **ROUNDING)


@criterion("optimizers.rmsprop.average")
@given(values=arrays((STEPS,)), rate=learning_rates, rho=decays)
@example(values=np.array([1.0, -0.5, 2.0, 1.5, 0.75]), rate=0.05, rho=0.0)
@example(values=np.array([1.0, 0.0, 2.0, 0.0, 0.75]), rate=0.05, rho=0.8)
@settings(max_examples=4)
def test_rmsprop_averages_the_squares_of_all_slopes(submission, values, rate, rho):
    """With one parameter and a slope that varies, divide by the root of the running average of squares.

    Catches: averages of gradients instead of squares, weights in the wrong order, no memory, a rho of 0 taken for none,
    an average that does not fade while the slope is 0.
    """
    gradients = slopes_in_turn(values)
    got = walk(submission.RMSProp(learning_rate=rate, rho=rho, epsilon=TINY), gradients, np.zeros(1))
    ages = np.subtract.outer(np.arange(STEPS), np.arange(STEPS))
    weights = np.where(ages >= 0, (1 - rho) * rho ** np.maximum(ages, 0), 0)
    steps = rate * values / np.sqrt(weights @ values**2)
    expected = -np.cumsum(np.append(0, steps))[:, None]
    assert_close(got, expected, what="the path under varying slopes", **ROUNDING)


@criterion("optimizers.rmsprop.average")
def test_each_rmsprop_has_an_average_of_its_own(submission):
    """Keep the average in the object: two optimizers do not disturb each other.

    Catches: an average kept in the class, in a global variable or in a default argument.
    """
    problems = [quadratic(2, seed) for seed in (1, 2)]
    assert_apart(lambda: submission.RMSProp(learning_rate=0.05, rho=0.9, epsilon=TINY), problems, "average of squares")


@criterion("optimizers.rmsprop.coordinates")
@given(rate=learning_rates, rho=decays)
@settings(max_examples=2)
def test_rmsprop_has_a_rate_for_each_coordinate(submission, rate, rho):
    """Give each coordinate a rate of its own, which depends on its own gradients only.

    Catches: the squares summed over the whole vector.
    """
    assert_rates_apart(lambda: submission.RMSProp(learning_rate=rate, rho=rho, epsilon=TINY))


@criterion("optimizers.rmsprop.epsilon")
def test_rmsprop_adds_epsilon_to_the_root(submission):
    """Add epsilon outside the square root, also where it is not small.

    Catches: epsilon inside the root, forgotten, or replaced by a fixed small number.
    """
    assert_epsilon_outside(lambda epsilon: submission.RMSProp(learning_rate=0.05, rho=0.8, epsilon=epsilon), rate=0.05)


@criterion("optimizers.rmsprop.epsilon")
def test_rmsprop_stays_where_there_is_no_slope(submission):
    """Leave a coordinate without slope where it is, instead of dividing zero by zero.

    Catches: no epsilon at all.
    """
    assert_flat_stays(submission.RMSProp(learning_rate=0.1, rho=0.9, epsilon=1e-3))


@criterion("optimizers.rmsprop.trajectory")
@given(problem=quadratics(), rate=learning_rates, rho=decays)
@settings(max_examples=4)
def test_rmsprop_follows_the_recurrence(submission, problem: Quadratic, rate, rho):
    """Make several steps of RMSProp on functions whose coordinates are coupled.

    Catches: all mistakes of averaging, a coordinate updated before the other's gradient is taken.
    """
    gradients = [problem] * STEPS
    got = walk(submission.RMSProp(learning_rate=rate, rho=rho, epsilon=TINY), gradients, problem.origin)
    expected = follow(adaptive(rate, rho, 1 - rho), gradients, problem.origin)
    assert_close(got, expected, what="the path of RMSProp", **ROUNDING)


@criterion("optimizers.rmsprop.trajectory")
def test_rmsprop_goes_on_near_zero(submission):
    """Make several steps as small as the parameters, which are millionths of a hundredth or zero.

    Catches: small numbers taken for zero, a zero taken for not given, an end where nothing seems to move.
    """
    small, near = 1e-8, np.array([3.0, 0.0, -2.0])
    got = walk(submission.RMSProp(learning_rate=small, rho=0.8, epsilon=TINY), [SLOPES] * STEPS, small * near)
    expected = follow(adaptive(1.0, 0.8, 1 - 0.8), [SLOPES] * STEPS, near)
    assert_close(got / small, expected, what="the path near zero, scaled", **ROUNDING)


@criterion("optimizers.rmsprop.trajectory")
def test_rmsprop_goes_a_long_way(submission):
    """Make 64 long steps from parameters of thousands, where gradients are in the hundreds.

    Catches: gradients, averages or parameters that are clipped, a rate that falls, an average reset now and then.
    """
    gradients = [FAR_OUT] * MANY
    got = walk(submission.RMSProp(learning_rate=20.0, rho=0.8, epsilon=TINY), gradients, FAR_OUT.origin)
    expected = follow(adaptive(20.0, 0.8, 1 - 0.8), gradients, FAR_OUT.origin)
    assert_close(got, expected, what="the path from far away", **ROUNDING)


@criterion("optimizers.rmsprop.trajectory")
@given(problem=quadratics(), power=st.sampled_from([-3, 3]))
@settings(max_examples=2)
def test_rmsprop_does_not_see_the_scale_of_the_function(submission, problem: Quadratic, power):
    """Follow the same path on c f with c epsilon as on f with epsilon.

    Catches: a missing root, a gradient that enters otherwise than by its ratio.
    """
    paths = [
        walk(submission.RMSProp(0.05, rho=0.9, epsilon=c * TINY), [problem.scaled(c)] * 3, problem.origin)
        for c in (1.0, 2.0**power)
    ]
    if np.ptp(paths[0], axis=0).min() < 1e-6:
        fail("RMSProp hardly moves")
    assert_close(paths[1], paths[0], what="the path on a scaled function", **ROUNDING)
