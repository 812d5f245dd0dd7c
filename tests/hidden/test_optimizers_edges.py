"""Hidden checks of the update rules at the edges of what they may be asked: one parameter or many, zeros, far out.

The slopes are even, so that every rule has a path that is easily followed, and an epsilon is too small to matter.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from grader.checks import (
    LONG,
    ConstantGradient,
    Rule,
    Submission,
    assert_close,
    at_edges,
    criterion,
    follow,
    pairs_at_edges,
    walk,
)

RATE, KEPT, EPSILON, STEPS = 0.05, 0.8, 1e-8, 3


def starts_and_slopes() -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Parameters and slopes, one of them at an edge; slopes that are small beside an epsilon are left out."""
    return pairs_at_edges(4, tiny=0.1)


def momentum(beta: float, ahead: float = 0.0) -> Rule:
    """Momentum; with ``ahead=beta`` Nesterov's rule as in torch. On an even slope its other form is momentum."""

    def rule(p: np.ndarray, v: np.ndarray, gradient: Callable) -> tuple[np.ndarray, np.ndarray]:
        slope = gradient(p)
        v = beta * v + slope
        return p - RATE * (slope + ahead * v if ahead else v), v

    return rule


def adaptive(kept: float, added: float, epsilon: float = EPSILON) -> Rule:
    def rule(p: np.ndarray, s: np.ndarray, gradient: Callable) -> tuple[np.ndarray, np.ndarray]:
        s = kept * s + added * gradient(p) ** 2
        return p - RATE * gradient(p) / (np.sqrt(s) + epsilon), s

    return rule


def assert_paths(make: Callable[[], object], *rules: Rule, flat: bool = True) -> None:
    """Compare three steps with the nearest of the paths that are right, also where it is `flat` from the start."""
    for what, start, slope in starts_and_slopes():
        if not (flat or slope.any()):
            continue
        gradients: Sequence[ConstantGradient] = [ConstantGradient(tuple(map(float, slope)))] * STEPS
        got = walk(make(), gradients, start)
        paths = [follow(rule, gradients, start) for rule in rules]
        nearest = min(paths, key=lambda path, got=got: float(np.abs(path - got).max()))
        assert_close(got, nearest, what=f"the path for {what}", rtol=1e-5, atol=1e-5)
        # From numbers far out, steps of a hundredth are lost among the digits of a path.
        if np.abs(slope).max() < np.abs(start).max():
            continue
        steps = np.diff(nearest, axis=0)
        assert_close(np.diff(got, axis=0), steps, what=f"the steps for {what}", rtol=1e-4, atol=1e-4)


def assert_small_steps(optimizer: object, rule: Rule) -> None:
    """Compare steps along a slope of a thousandth, beside which the epsilon is too small to matter, wherever it is."""
    gradients: Sequence[ConstantGradient] = [ConstantGradient((1e-3, -3e-3))] * STEPS
    start = np.zeros(2)
    got = walk(optimizer, gradients, start)
    assert_close(got, follow(rule, gradients, start), what="the path along a small slope", rtol=3e-4)


@criterion("optimizers.sgd.gradient")
def test_the_bowl_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return values and derivatives of 10 x² + y² at zero, at equal, large and small numbers.

    Catches: zeros taken for what is missing, a clip.
    """
    for what, (x, y) in at_edges(2, least=(2,), long=()).items():
        point = np.array([x, y])
        assert_close(submission.bowl(point), 10 * x**2 + y**2, what=f"the value of bowl for {what}")
        assert_close(submission.bowl_gradient(point), [20 * x, 2 * y], what=f"the gradient of bowl for {what}")


@criterion("optimizers.sgd.trajectory")
def test_sgd_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Make steps of one parameter and of many, from zeros, along no slope, and with large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    assert_paths(lambda: submission.SGD(learning_rate=RATE), momentum(0.0))


@criterion("optimizers.sgd.path")
def test_descend_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Return the path of one parameter and of many, from zeros and from far out, and a path of many steps.

    Catches: an axis of one entry that is squeezed away, a start of zeros taken for a missing one, rows left out.
    """
    for what, start in at_edges(3).items():
        for iterations in (1, LONG) if len(start) == 1 else (2,):
            slope = np.full(start.shape, 2.0)
            optimizer = submission.engine_work("InPlace")(0.25)
            got = submission.descend(optimizer, ConstantGradient(tuple(slope)), start.copy(), iterations)
            expected = start - 0.25 * np.outer(np.arange(iterations + 1), slope)
            assert_close(got, expected, what=f"the path of {iterations} steps for {what}")


@criterion("optimizers.momentum.trajectory")
def test_momentum_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Make steps of one parameter and of many, from zeros, along no slope, and with large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    assert_paths(lambda: submission.Momentum(learning_rate=RATE, beta=KEPT), momentum(KEPT))


@criterion("optimizers.nesterov.trajectory")
def test_nesterov_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Make steps of one parameter and of many, from zeros, along no slope, and with large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    assert_paths(lambda: submission.Nesterov(learning_rate=RATE, beta=KEPT), momentum(KEPT), momentum(KEPT, KEPT))


@criterion("optimizers.adagrad.trajectory")
def test_adagrad_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Make steps of one parameter and of many, from zeros, and with equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    assert_paths(lambda: submission.AdaGrad(learning_rate=RATE, epsilon=EPSILON), adaptive(1.0, 1.0), flat=False)


@criterion("optimizers.adagrad.trajectory")
def test_adagrad_along_a_small_slope(submission: Submission):
    """Make steps of usual length along a small slope, where ε is smaller still.

    Catches: a least ε or a least sum of squares.
    """
    assert_small_steps(submission.AdaGrad(learning_rate=RATE, epsilon=1e-12), adaptive(1.0, 1.0, 1e-12))


@criterion("optimizers.rmsprop.trajectory")
def test_rmsprop_along_a_small_slope(submission: Submission):
    """Make steps of usual length along a small slope, where ε is smaller still.

    Catches: a least ε or a least average.
    """
    optimizer = submission.RMSProp(learning_rate=RATE, rho=KEPT, epsilon=1e-12)
    assert_small_steps(optimizer, adaptive(KEPT, 1 - KEPT, 1e-12))


@criterion("optimizers.rmsprop.trajectory")
def test_rmsprop_with_an_average_that_changes_slowly(submission: Submission):
    """Make steps where ρ is nearly 1.

    Catches: a ρ that is bounded.
    """
    gradients: Sequence[ConstantGradient] = [ConstantGradient((1.0, -0.5))] * STEPS
    optimizer, start = submission.RMSProp(learning_rate=RATE, rho=0.999, epsilon=EPSILON), np.zeros(2)
    expected = follow(adaptive(0.999, 0.001), gradients, start)
    assert_close(walk(optimizer, gradients, start), expected, what="the path", rtol=1e-4)


@criterion("optimizers.sgd.trajectory")
def test_sgd_with_a_large_learning_rate(submission: Submission):
    """Make steps of the learning rate times the slope where that rate is more than 1.

    Catches: a greatest learning rate.
    """
    gradients: Sequence[ConstantGradient] = [ConstantGradient((1.0, -0.5))] * STEPS
    got = walk(submission.SGD(learning_rate=30.0), gradients, np.zeros(2))
    assert_close(got, np.outer(np.arange(STEPS + 1), [-30.0, 15.0]), what="the path")


@criterion("optimizers.rmsprop.trajectory")
def test_rmsprop_at_the_edges_of_what_it_may_be_asked(submission: Submission):
    """Make steps of one parameter and of many, from zeros, and with equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    assert_paths(
        lambda: submission.RMSProp(learning_rate=RATE, rho=KEPT, epsilon=EPSILON), adaptive(KEPT, 1 - KEPT), flat=False
    )
