"""Hidden checks of plain gradient descent: the bowl, whole paths on coupled quadratics, the record of a path."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    ConstantGradient,
    Quadratic,
    Rule,
    arrays,
    assert_close,
    criterion,
    fail,
    one_at_a_time,
    quadratics,
    walk,
    wrong_paths,
)

STEPS = 5
# Paths are of size 1. Parameters kept in single precision is right work, even where the
# result is double; the mistakes that are looked for here are off by 1e-3 and more.
ROUNDING = {"rtol": 1e-5, "atol": 1e-5}

learning_rates = st.sampled_from([0.02, 0.05, 0.08])


def sgd(rate: float) -> Rule:
    return lambda p, memory, gradient: (p - rate * gradient(p), memory)


def normalised(rate: float) -> Rule:
    return lambda p, memory, gradient: (p - rate * gradient(p) / np.linalg.norm(gradient(p)), memory)


@criterion("optimizers.sgd.gradient")
@given(point=arrays((2,)))
@settings(max_examples=4)
def test_the_bowl_has_its_values(submission, point):
    """Return 10 x² + y².

    Catches: x and y exchanged, a factor inside the square.
    """
    x, y = point
    confusions = {"x and y are exchanged.": x**2 + 10 * y**2, "The 10 stands inside the square.": (10 * x) ** 2 + y**2}
    assert_close(submission.bowl(point), 10 * x**2 + y**2, what="the value of bowl", confusions=confusions)


@criterion("optimizers.sgd.gradient")
@given(point=arrays((2,)))
@settings(max_examples=4)
def test_the_bowl_has_its_gradient(submission, point):
    """Return both partial derivatives of 10 x² + y².

    Catches: (10x, y), one factor 2 missing, a derivative summed into one number.
    """
    x, y = point
    confusions = {
        "The 2 that comes down from each square is missing.": [10 * x, y],
        "The 2 that comes down from y² is missing.": [20 * x, y],
        "The 2 that comes down from x² is missing.": [10 * x, 2 * y],
        "x and y are exchanged.": [2 * x, 20 * y],
        "Both partial derivatives are added; they are the two entries of a vector.": 20 * x + 2 * y,
    }
    assert_close(submission.bowl_gradient(point), [20 * x, 2 * y], what="the gradient of bowl", confusions=confusions)


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
    rules = {
        "This climbs: the update has the wrong sign.": sgd(-rate),
        "One coordinate's gradient is taken after another has moved; all move at once.": one_at_a_time(sgd(rate)),
        "The gradient is divided by its length; plain SGD takes it as it is.": normalised(rate),
        "The learning rate given to the constructor is not used.": sgd(0.1),
    }
    confusions = wrong_paths(rules, [problem] * STEPS, problem.origin)
    assert_close(got, expected, what="the path of SGD", confusions=confusions, **ROUNDING)


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
    confusions = {
        "The path lacks its start.": expected[1:],
        "The path lacks its last step.": expected[:-1],
        "Every row is the end: the same array is appended each time; append a copy.": expected * 0 + expected[-1],
        "Only the end is returned, not the whole path.": expected[-1],
        "Points are columns; they must be rows.": expected.T,
    }
    assert_close(got, expected, what="the path", confusions=confusions, **ROUNDING)


@criterion("optimizers.sgd.path")
def test_descend_without_iterations_returns_the_start_alone(submission):
    """Return the start as the only row if no iteration is asked for.

    Catches: a path that begins after the first step.
    """
    start = np.array([1.5, -0.5])
    path = submission.descend(submission.SGD(learning_rate=0.1), ConstantGradient((1.0, 1.0)), start, 0)
    assert_close(path, [start], what="the path of no iterations")
