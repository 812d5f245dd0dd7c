"""Public checks of back-propagation by hand: each derivative against a difference quotient of the loss."""

import numpy as np

from grader.checks import assert_close, criterion, fail, numeric_gradient

NAMES = ("w1_11", "w1_12", "w1_21", "w1_22", "w2_11", "w2_12")
X = np.array([[1.0, 0.5], [-1.0, 2.0], [0.5, -1.5]])
TARGETS = np.array([1.0, 0.0, 1.0])
WEIGHTS = {"w1_11": 0.5, "w1_12": -0.75, "w1_21": 1.5, "w1_22": 0.25, "w2_11": 2.0, "w2_12": -1.25}


def loss(values: np.ndarray) -> float:
    """The mean squared error of the network with these six weights."""
    hidden = np.tanh(X @ values[:4].reshape(2, 2).T)
    return float(np.mean((1 / (1 + np.exp(-hidden @ values[4:])) - TARGETS) ** 2))


def loss_of_all_pairs(values: np.ndarray) -> float:
    """The mean of all (y_i − t_j)²: what outputs of shape (N, 1) and targets of shape (N,) give."""
    hidden = np.tanh(X @ values[:4].reshape(2, 2).T)
    return float(np.mean((1 / (1 + np.exp(-hidden @ values[4:])) - TARGETS[:, None]) ** 2))


EACH_WITH_EVERY = "Each output is compared with every example's target, not with its own:"
SLOPES = dict(zip(NAMES, map(float, numeric_gradient(loss, list(WEIGHTS.values()))), strict=True))
OF_ALL_PAIRS = dict(zip(NAMES, map(float, numeric_gradient(loss_of_all_pairs, list(WEIGHTS.values()))), strict=True))


def numbers_by_weight(answer: object, what: str) -> dict[str, object]:
    """The submission's answer, if it is a dict of the six names."""
    if not isinstance(answer, dict) or set(answer) != set(NAMES):
        fail(f"{what} are not a dict of the six weights", f"expected the keys {', '.join(NAMES)}; got {answer!r:.300}")
    return answer


def assert_derivative(submission, name: str) -> None:
    slope = SLOPES[name]
    confusions = {
        "The loss has no factor ½, so that its derivative has a 2.": slope / 2,
        "The loss is the mean over the examples, not their sum.": slope * len(X),
        "The sign is wrong: this is the direction in which the loss falls.": -slope,
        f"{EACH_WITH_EVERY} what shape has y − t?": OF_ALL_PAIRS[name] * len(X),
        f"{EACH_WITH_EVERY} what shape has y − t, and over what is the mean?": OF_ALL_PAIRS[name],
    }
    got = numbers_by_weight(submission.gradients(X, TARGETS, WEIGHTS), "the gradients")
    # A difference quotient is right to nine digits or so.
    assert_close(got[name], slope, what=f"the derivative by {name}", rtol=1e-6, confusions=confusions)


@criterion("backprop.six_weights.w1_11")
def test_the_derivative_by_w1_11(submission):
    """Return how fast the loss grows with w1_11.

    Catches: a factor, a sign, a weight exchanged for another.
    """
    assert_derivative(submission, "w1_11")


@criterion("backprop.six_weights.w1_12")
def test_the_derivative_by_w1_12(submission):
    """Return how fast the loss grows with w1_12.

    Catches: a factor, a sign, a weight exchanged for another.
    """
    assert_derivative(submission, "w1_12")


@criterion("backprop.six_weights.w1_21")
def test_the_derivative_by_w1_21(submission):
    """Return how fast the loss grows with w1_21.

    Catches: a factor, a sign, a weight exchanged for another.
    """
    assert_derivative(submission, "w1_21")


@criterion("backprop.six_weights.w1_22")
def test_the_derivative_by_w1_22(submission):
    """Return how fast the loss grows with w1_22.

    Catches: a factor, a sign, a weight exchanged for another.
    """
    assert_derivative(submission, "w1_22")


@criterion("backprop.six_weights.w2_11")
def test_the_derivative_by_w2_11(submission):
    """Return how fast the loss grows with w2_11.

    Catches: a factor, a sign, a weight exchanged for another.
    """
    assert_derivative(submission, "w2_11")


@criterion("backprop.six_weights.w2_12")
def test_the_derivative_by_w2_12(submission):
    """Return how fast the loss grows with w2_12.

    Catches: a factor, a sign, a weight exchanged for another.
    """
    assert_derivative(submission, "w2_12")


@criterion("backprop.six_weights.update")
def test_a_step_takes_the_learning_rate_times_each_derivative_away(submission):
    """Take the learning rate times its derivative away from each weight, all derivatives from before the step.

    Catches: a step uphill, the learning rate left out, the hidden layer's step taken with new outer weights.
    """
    own = numbers_by_weight(submission.gradients(X, TARGETS, WEIGHTS), "the gradients")
    got = numbers_by_weight(submission.updated(X, TARGETS, WEIGHTS, 0.5), "the weights")
    before = np.array(list(WEIGHTS.values()))
    slopes = np.array([own[name] for name in NAMES])
    if not np.all(slopes):
        fail("a derivative is 0, so that its update shows nothing", f"the gradients are {own}")
    confusions = {
        "This goes uphill: the loss falls against the gradient.": before + 0.5 * slopes,
        "The learning rate is left out.": before - slopes,
    }
    assert_close([got[name] for name in NAMES], before - 0.5 * slopes, what="the weights", confusions=confusions)
