"""Hidden checks of plain gradient descent: the bowl, whole paths on coupled quadratics, the record of a path."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    FAR_OUT,
    ConstantGradient,
    Quadratic,
    arrays,
    assert_close,
    criterion,
    fail,
    in_company,
    numbers,
    quadratics,
    walk,
)

STEPS = 5
# Paths are of size 1. Parameters kept in single precision is right work, even where the
# result is double; the mistakes that are looked for here are off by 1e-3 and more.
ROUNDING = {"rtol": 1e-5, "atol": 1e-5}

learning_rates = st.sampled_from([0.02, 0.05, 0.08])


@criterion("optimizers.sgd.gradient")
@given(point=arrays((2,)))
@settings(max_examples=4)
def test_the_bowl_has_its_values(submission, point):
    """Return 10 x² + y², near and far out.

    Catches: x and y exchanged, a factor inside the square, values that are clipped.
    """
    for near in (point, 50 * point + 10):
        x, y = near
        got = in_company(submission.bowl, [near], [3 - near])
        assert_close(got, 10 * x**2 + y**2, what="the value of bowl")


@criterion("optimizers.sgd.gradient")
@given(point=arrays((2,)))
@settings(max_examples=4)
def test_the_bowl_has_its_gradient(submission, point):
    """Return both partial derivatives of 10 x² + y², near and far out.

    Catches: (10x, y), one factor 2 missing, a derivative summed into one number, derivatives that are clipped.
    """
    for near in (point, 50 * point + 10):
        x, y = near
        got = in_company(submission.bowl_gradient, [near], [3 - near])
        assert_close(got, [20 * x, 2 * y], what="the gradient of bowl")


@criterion("optimizers.sgd.trajectory")
@given(problem=quadratics(), rate=learning_rates)
@settings(max_examples=4)
def test_sgd_follows_the_closed_form_on_coupled_quadratics(submission, problem: Quadratic, rate):
    """Make several steps p - rate g, on functions whose coordinates are coupled.

    Catches: the wrong sign, a coordinate updated before the other's gradient is taken, a fixed rate.
    """
    got = walk(submission.SGD(learning_rate=rate), [problem] * STEPS, problem.origin)
    shrink = np.eye(len(problem.start)) - rate * problem.matrix
    expected = [
        problem.minimum + np.linalg.matrix_power(shrink, t) @ (problem.origin - problem.minimum)
        for t in range(STEPS + 1)
    ]
    assert_close(got, expected, what="the path of SGD", **ROUNDING)


@criterion("optimizers.sgd.trajectory")
def test_sgd_is_stable_up_to_twice_the_inverse_curvature(submission):
    """Settle at rates just below 2 / h and run away just above, h being the curvature.

    Catches: a rate that is not the one given.
    """
    problem = Quadratic(hessian=((4.0,),), minimum=(0.0,), start=(1.0,))
    below, above = (
        abs(walk(submission.SGD(learning_rate=factor * 2 / 4), [problem] * 6, problem.origin)[-1, 0])
        for factor in (0.8, 1.2)
    )
    if not (below < 0.1 and above > 5):
        fail("SGD does not become unstable where it must", f"|p| after 6 steps: {below:.3g} below, {above:.3g} above")


@criterion("optimizers.sgd.trajectory")
def test_sgd_goes_a_long_way(submission):
    """Make 150 steps from two dozen parameters of thousands, where gradients are in the hundreds.

    Catches: gradients or parameters that are clipped, a rate that falls now and then, parameters left out.
    """
    got = walk(submission.SGD(learning_rate=0.1), [FAR_OUT] * 150, FAR_OUT.origin)
    shrink = np.eye(24) - 0.1 * FAR_OUT.matrix
    off = FAR_OUT.origin - FAR_OUT.minimum
    expected = [FAR_OUT.minimum + np.linalg.matrix_power(shrink, t) @ off for t in range(151)]
    assert_close(got, expected, what="the path of SGD from far away", **ROUNDING)


@criterion("optimizers.sgd.trajectory")
def test_sgd_goes_evenly_on_an_even_slope(submission):
    """Make equal steps where the gradient is the same array each time, also steps of millionths of a hundredth.

    Catches: a gradient that is scaled or shifted in its own array, small numbers taken for zero.
    """
    slope, steps = ConstantGradient((1.0, -2.0, 0.0)), np.arange(6.0)[:, None]
    for rate, start in ((0.25, np.array([0.5, 0.25, 3.0])), (1e-8, np.array([1e-8, 0.0, 3e-8]))):
        got = walk(submission.SGD(learning_rate=rate), [slope] * 5, start)
        assert_close(got / rate, (start - steps * rate * slope.values) / rate, what="the path in units of the rate")


@criterion("optimizers.sgd.path")
@given(problem=quadratics(), iterations=st.integers(3, 5))
@settings(max_examples=3)
def test_descend_returns_the_start_and_every_step(submission, problem: Quadratic, iterations):
    """Return iterations + 1 points: the start, and where each step of the optimizer leads.

    Catches: a path without its start, one step too many or too few, every row the same array.
    """
    got = submission.descend(submission.SGD(learning_rate=0.05), problem, problem.origin, iterations)
    # By the submission's own SGD, so that a mistake there costs nothing here.
    expected = walk(submission.SGD(learning_rate=0.05), [problem] * iterations, problem.origin)
    if np.ptp(expected, axis=0).min() < 1e-3:
        fail("SGD hardly moves, so its path shows nothing")
    assert_close(got, expected, what="the path", **ROUNDING)


@criterion("optimizers.sgd.path")
def test_descend_keeps_rows_apart_where_the_optimizer_works_in_place(submission):
    """Return 130 steps of an optimizer that changes the array it is given and returns that same array.

    Catches: every row the same array, rows that are overwritten, at most a hundred rows.
    """
    slope = ConstantGradient((1.0, -2.0))
    got = submission.descend(submission.engine_work("InPlace")(0.25), slope, np.array([3.0, 5.0]), 130)
    expected = np.array([3.0, 5.0]) - 0.25 * np.outer(np.arange(131), slope.values)
    assert_close(got, expected, what="the path of an optimizer that works in place")


@criterion("optimizers.sgd.path")
def test_descend_goes_on_where_nothing_moves(submission):
    """Return a row for each iteration also at a minimum, where the gradient is zero.

    Catches: a path that ends early, where the gradient is small.
    """
    start, flat = np.array([1.5, -0.5]), ConstantGradient((0.0, 0.0))
    got = submission.descend(submission.engine_work("InPlace")(0.25), flat, start, 3)
    assert_close(got, [start] * 4, what="the path from a minimum")


@criterion("optimizers.sgd.path")
def test_descend_goes_on_where_steps_are_small_at_first(submission):
    """Follow an optimizer down a hill whose top is a millionth of a millionth away, and steps grow from there.

    Catches: a path that ends, or stays where it is, from the first small step on.
    """
    hill, start = Quadratic(hessian=((-1.0, 0.0), (0.0, -1.0)), minimum=(0.0, 0.0), start=(1e-12, -2e-12)), 1e-12
    got = submission.descend(submission.engine_work("InPlace")(1.0), hill, hill.origin, 40)
    doubled = start * 2.0 ** np.arange(41)
    got = numbers(got, what="the path")
    if got.shape != (41, 2):
        fail("the path has the wrong shape", f"expected (41, 2), got {got.shape}")
    assert_close(got / doubled[:, None], np.tile([1.0, -2.0], (41, 1)), what="the path, by its right length")


@criterion("optimizers.sgd.path")
def test_descend_without_iterations_returns_the_start_alone(submission):
    """Return the start as the only row if no iteration is asked for.

    Catches: a path that begins after the first step.
    """
    start = np.array([1.5, -0.5])
    path = submission.descend(submission.SGD(learning_rate=0.1), ConstantGradient((1.0, 1.0)), start, 0)
    assert_close(path, [start], what="the path of no iterations")
