"""Hidden checks of momentum and of Nesterov's rule: coasting, where the gradient is asked, whole paths.

How fast a velocity fades on flat ground does not depend on how gradients enter it, and the second
step's look-ahead not on what is done with its answer: so that one mistake costs its own criterion. A
point is always the one that the last step returned: a submission may keep points instead of a velocity.
"""

from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    FAR_OUT,
    ConstantGradient,
    Quadratic,
    Recorded,
    Rule,
    assert_apart,
    assert_close,
    criterion,
    fail,
    follow,
    moves,
    quadratic,
    quadratics,
    told_apart,
    walk,
)

STEPS, MANY = 5, 150
# Paths are of size 1. A velocity kept in single precision is right work, even where the
# result is double; the mistakes that are looked for here are off by 1e-3 and more.
ROUNDING = {"rtol": 1e-5, "atol": 1e-5}

UNIT = ConstantGradient((1.0,))
SLOPE = ConstantGradient((1.0, -2.0))
# As near to zero as parameters may come; one of them is zero.
SMALL, NEAR = 1e-8, np.array([3.0, 0.0])

learning_rates = st.sampled_from([0.02, 0.05, 0.08])
# Never 1/2, where keeping beta and adding 1 - beta cannot be told from the other way round.
decays = st.sampled_from([0.6, 0.8, 0.98])


def sgd(rate: float) -> Rule:
    return lambda p, memory, gradient: (p - rate * gradient(p), memory)


def momentum(rate: float, beta: float) -> Rule:
    def rule(p: np.ndarray, v: np.ndarray, gradient: Callable) -> tuple[np.ndarray, np.ndarray]:
        v = beta * v + gradient(p)
        return p - rate * v, v

    return rule


def nesterov(rate: float, beta: float) -> Rule:
    def rule(p: np.ndarray, v: np.ndarray, gradient: Callable) -> tuple[np.ndarray, np.ndarray]:
        v = beta * v + gradient(p - rate * beta * v)
        return p - rate * v, v

    return rule


def nesterov_as_in_torch(rate: float, beta: float) -> Rule:
    def rule(p: np.ndarray, v: np.ndarray, gradient: Callable) -> tuple[np.ndarray, np.ndarray]:
        slope = gradient(p)
        v = beta * v + slope
        return p - rate * (slope + beta * v), v

    return rule


def near_zero(optimizer: object) -> np.ndarray:
    """Return the path on an even slope of an optimizer whose rate is `SMALL`, in units of that."""
    return walk(optimizer, [SLOPE] * STEPS, SMALL * NEAR) / SMALL


def assert_coasts(optimizer: object, beta: float, first: int) -> None:
    """After one push and with no slope left, each move is `beta` times the one before.

    From move `first` on: in torch's form of Nesterov's rule the push itself counts more.
    """
    slopes = [ConstantGradient((1.0, -2.0)), *[ConstantGradient((0.0, 0.0))] * 3]
    steps = moves(optimizer, slopes, np.array([0.5, 0.25]))
    if (np.abs(steps[first]) < 1e-6).any():
        fail("the parameters stop as soon as the slope ends")
    shares = steps[first + 1 :] / steps[first]
    expected = np.stack([[beta**t] * 2 for t in range(1, len(shares) + 1)])
    assert_close(shares, expected, what="the ratio of moves on flat ground", rtol=1e-3)


def assert_climbs(optimizer: object, beta: float, first: float) -> None:
    """On an even slope the moves grow towards 1 / (1 − beta) times the first one of plain descent.

    `first` is the first move in units of that. The slope is the same array each time, which is not an optimizer's own.
    """
    slope = ConstantGradient((1.0, -2.0))
    steps = moves(optimizer, [slope] * 6, np.array([0.5, 0.25]))
    growing = (1 - beta ** np.arange(1.0, 7.0)) / (1 - beta)
    expected = growing if first == 1 else beta * growing + 1
    assert_close(
        steps / (steps[0] / first), np.stack([expected] * 2, axis=1), what="the moves on an even slope", rtol=1e-3
    )


@criterion("optimizers.momentum.first_step")
@given(problem=quadratics(), rate=learning_rates, beta=decays)
@settings(max_examples=4)
def test_the_first_step_of_momentum_is_plain(submission, problem: Quadratic, rate, beta):
    """From rest, move by the learning rate times the gradient, whatever beta is.

    Catches: an average of gradients instead of a velocity, the wrong sign, a velocity that does not
    start at zero.
    """
    optimizer = submission.Momentum(learning_rate=rate, beta=beta)
    got = walk(optimizer, [problem], problem.origin)
    expected = follow(sgd(rate), [problem], problem.origin)
    with told_apart(submission, lambda: walk(optimizer, [problem], got[-1])):
        assert_close(got, expected, what="the first step", **ROUNDING)


@criterion("optimizers.momentum.first_step")
@given(problem=quadratics(), rate=learning_rates)
@settings(max_examples=2)
def test_momentum_without_beta_is_sgd(submission, problem: Quadratic, rate):
    """With beta = 0, follow the path of plain SGD.

    Catches: a velocity that fades by a number of its own.
    """
    got = walk(submission.Momentum(learning_rate=rate, beta=0.0), [problem] * 3, problem.origin)
    expected = follow(sgd(rate), [problem] * 3, problem.origin)
    with told_apart(submission, lambda: walk(submission.Momentum(rate, 0.75), [problem] * 2, problem.origin)):
        assert_close(got, expected, what="the path of momentum with beta = 0", **ROUNDING)


@criterion("optimizers.momentum.velocity")
@given(rate=learning_rates, beta=decays)
@settings(max_examples=3)
def test_momentum_coasts_where_the_slope_ends(submission, rate, beta):
    """Keep the velocity between calls of step: on flat ground each move is beta times the last.

    Catches: a velocity that is a local variable, or made anew in each call.
    """
    assert_coasts(submission.Momentum(learning_rate=rate, beta=beta), beta, first=0)


@criterion("optimizers.momentum.trajectory")
def test_momentum_gathers_speed_on_an_even_slope(submission):
    """Add to the velocity again and again where the gradient is the same array each time.

    Catches: a velocity that is the gradient's own array, and is changed with it.
    """
    assert_climbs(submission.Momentum(learning_rate=0.05, beta=0.75), 0.75, first=1)


@criterion("optimizers.momentum.velocity")
def test_each_momentum_has_a_velocity_of_its_own(submission):
    """Keep the velocity in the object: two optimizers do not disturb each other.

    Catches: a velocity kept in the class, in a global variable or in a default argument.
    """
    problems = [quadratic(2, seed) for seed in (1, 2)]
    assert_apart(lambda: submission.Momentum(learning_rate=0.05, beta=0.9), problems, "velocity")


@criterion("optimizers.momentum.trajectory")
@given(problem=quadratics(), rate=learning_rates, beta=decays)
@settings(max_examples=4)
def test_momentum_follows_the_recurrence(submission, problem: Quadratic, rate, beta):
    """Make several steps of v = beta v + g, p = p - rate v, on functions whose coordinates are coupled.

    Catches: no memory, an average, Nesterov's rule, a coordinate updated before the other's gradient.
    """
    gradients = [problem] * STEPS
    got = walk(submission.Momentum(learning_rate=rate, beta=beta), gradients, problem.origin)
    expected = follow(momentum(rate, beta), gradients, problem.origin)
    assert_close(got, expected, what="the path of momentum", **ROUNDING)


@criterion("optimizers.momentum.trajectory")
def test_momentum_follows_the_closed_form_over_many_steps(submission):
    """Arrive after 10 steps on a parabola where the powers of the rule's matrix say.

    Catches: a velocity that is reset now and then, or clipped.
    """
    rate, beta, curvature = 0.1, 0.9, 4.0
    problem = Quadratic(hessian=((curvature,),), minimum=(0.0,), start=(1.0,))
    once = np.array([[1 - rate * curvature, -rate * beta], [curvature, beta]])  # acts on (p, v)
    expected = [(np.linalg.matrix_power(once, t) @ [1.0, 0.0])[:1] for t in range(11)]
    got = walk(submission.Momentum(learning_rate=rate, beta=beta), [problem] * 10, problem.origin)
    assert_close(got, expected, what="the path of momentum on a parabola", **ROUNDING)


@criterion("optimizers.momentum.trajectory")
def test_momentum_goes_a_long_way(submission):
    """Make 150 steps from parameters of thousands, where gradients are in the hundreds.

    Catches: gradients, velocities or parameters that are clipped, a rate that falls, a velocity reset now and then.
    """
    gradients = [FAR_OUT] * MANY
    got = walk(submission.Momentum(learning_rate=0.05, beta=0.8), gradients, FAR_OUT.origin)
    expected = follow(momentum(0.05, 0.8), gradients, FAR_OUT.origin)
    assert_close(got, expected, what="the path of momentum from far away", **ROUNDING)


@criterion("optimizers.momentum.trajectory")
def test_momentum_goes_on_near_zero(submission):
    """Make several steps as small as the parameters, which are millionths of a hundredth or zero.

    Catches: small numbers taken for zero, a zero taken for not given, an end where nothing seems to move.
    """
    got = near_zero(submission.Momentum(learning_rate=SMALL, beta=0.8))
    assert_close(got, follow(momentum(1.0, 0.8), [SLOPE] * STEPS, NEAR), what="the path near zero, scaled", **ROUNDING)


@criterion("optimizers.momentum.trajectory")
def test_momentum_is_stable_up_to_its_limit(submission):
    """Settle at rates just below 2 (1 + beta) / h and run away just above, h being the curvature.

    Catches: averages and other scalings of the velocity, which have other limits.
    """
    problem = Quadratic(hessian=((4.0,),), minimum=(0.0,), start=(1.0,))
    limit = 2 * (1 + 0.5) / 4
    below, above = (
        abs(walk(submission.Momentum(learning_rate=factor * limit, beta=0.5), [problem] * 10, problem.origin)[-1, 0])
        for factor in (0.9, 1.1)
    )
    if not (below < 0.2 and above > 5):
        fail("momentum does not become unstable where it must", f"|p| at the end: {below:.3g} below, {above:.3g} above")


@criterion("optimizers.nesterov.velocity")
@given(rate=learning_rates, beta=decays)
@settings(max_examples=3)
def test_nesterov_coasts_where_the_slope_ends(submission, rate, beta):
    """Keep the velocity between calls of step: on flat ground each move is beta times the last.

    Catches: a velocity that is a local variable, or made anew in each call.
    """
    assert_coasts(submission.Nesterov(learning_rate=rate, beta=beta), beta, first=1)


@criterion("optimizers.nesterov.velocity")
def test_each_nesterov_has_a_velocity_of_its_own(submission):
    """Keep the velocity in the object: two optimizers do not disturb each other.

    Catches: a velocity kept in the class, in a global variable or in a default argument.
    """
    problems = [quadratic(2, seed) for seed in (1, 2)]
    assert_apart(lambda: submission.Nesterov(learning_rate=0.05, beta=0.9), problems, "velocity")


@criterion("optimizers.nesterov.lookahead")
@given(problem=quadratics(), rate=learning_rates, beta=decays)
@settings(max_examples=4)
def test_nesterov_asks_for_the_gradient_ahead(submission, problem: Quadratic, rate, beta):
    """Ask for the second step's gradient at the look-ahead point.

    Catches: Nesterov's rule that is plain momentum, a look-ahead of v instead of beta v, or backwards.
    """
    optimizer = submission.Nesterov(learning_rate=rate, beta=beta)
    moved = walk(optimizer, [problem], problem.origin)[-1]
    second = Recorded(problem)
    walk(optimizer, [second], moved)
    if not second.points:
        fail("the second step does not ask for the gradient")
    push = rate * problem(problem.origin)
    # Both forms of the rule ask here: torch's parameters are the look-ahead points themselves.
    ahead = problem.origin - (1 + beta) * push
    near = min(second.points, key=lambda point: float(np.abs(point - ahead).max()))
    assert_close(near, ahead, what="the point at which the gradient is asked", **ROUNDING)


@criterion("optimizers.nesterov.trajectory")
@given(problem=quadratics(), rate=learning_rates, beta=decays)
@settings(max_examples=4)
def test_nesterov_follows_one_of_its_forms(submission, problem: Quadratic, rate, beta):
    """Make several steps of Nesterov's rule, in the look-ahead form or in torch's.

    Catches: the look-ahead left in the parameters, plain momentum, the two forms mixed, a wrong sign.
    """
    gradients = [problem] * STEPS
    got = walk(submission.Nesterov(learning_rate=rate, beta=beta), gradients, problem.origin)
    forms = [
        follow(rule, gradients, problem.origin) for rule in (nesterov(rate, beta), nesterov_as_in_torch(rate, beta))
    ]
    nearest = min(forms, key=lambda path: float(np.abs(path - got).max()))
    with told_apart(submission, lambda: walk(submission.Nesterov(rate, beta), [Recorded(problem)] * 2, problem.origin)):
        assert_close(got, nearest, what="the path of Nesterov's rule", **ROUNDING)


@criterion("optimizers.nesterov.trajectory")
def test_nesterov_gathers_speed_on_an_even_slope(submission):
    """Add to the velocity again and again where the gradient is the same array each time.

    Catches: a velocity that is the gradient's own array, and is changed with it.
    """
    optimizer = submission.Nesterov(learning_rate=0.05, beta=0.75)
    in_torchs_form = np.allclose(moves(submission.Nesterov(0.05, 0.75), [UNIT], np.zeros(1)), -1.75 * 0.05, rtol=1e-3)
    assert_climbs(optimizer, 0.75, first=1.75 if in_torchs_form else 1)


@criterion("optimizers.nesterov.trajectory")
def test_nesterov_goes_a_long_way(submission):
    """Make 150 steps from parameters of thousands, where gradients are in the hundreds.

    Catches: gradients, velocities or parameters that are clipped, a rate that falls, a velocity reset now and then.
    """
    gradients = [FAR_OUT] * MANY
    got = walk(submission.Nesterov(learning_rate=0.05, beta=0.8), gradients, FAR_OUT.origin)
    forms = [follow(rule, gradients, FAR_OUT.origin) for rule in (nesterov(0.05, 0.8), nesterov_as_in_torch(0.05, 0.8))]
    nearest = min(forms, key=lambda path: float(np.abs(path - got).max()))
    assert_close(got, nearest, what="the path of Nesterov's rule from far away", **ROUNDING)


@criterion("optimizers.nesterov.trajectory")
def test_nesterov_goes_on_near_zero(submission):
    """Make several steps as small as the parameters, which are millionths of a hundredth or zero.

    Catches: small numbers taken for zero, a zero taken for not given, an end where nothing seems to move.
    """
    got = near_zero(submission.Nesterov(learning_rate=SMALL, beta=0.8))
    forms = [follow(rule, [SLOPE] * STEPS, NEAR) for rule in (nesterov(1.0, 0.8), nesterov_as_in_torch(1.0, 0.8))]
    nearest = min(forms, key=lambda path: float(np.abs(path - got).max()))
    assert_close(got, nearest, what="the path near zero, scaled", **ROUNDING)


@criterion("optimizers.nesterov.trajectory")
@given(problem=quadratics(), rate=learning_rates)
@settings(max_examples=2)
def test_nesterov_without_beta_is_sgd(submission, problem: Quadratic, rate):
    """With beta = 0, follow the path of plain SGD.

    Catches: a velocity that fades by a number of its own.
    """
    got = walk(submission.Nesterov(learning_rate=rate, beta=0.0), [problem] * 3, problem.origin)
    expected = follow(sgd(rate), [problem] * 3, problem.origin)
    assert_close(got, expected, what="the path of Nesterov's rule with beta = 0", **ROUNDING)
