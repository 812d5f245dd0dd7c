"""Public checks of training: a few steps that one can follow with pencil and paper."""

import numpy as np

from grader.checks import assert_close, criterion, fail, told_apart

X = np.array([[10.0], [20.0], [30.0], [40.0], [50.0]])
Y = X / 10
ORDER = np.array([3, 0, 4, 1, 2])

# Two batches of two samples and a short one; their means are 4, 8 and 16.
BATCHES = [(np.array([3.0, 5.0]), np.zeros(2)), (np.array([7.0, 9.0]), np.zeros(2)), (np.array([16.0]), np.zeros(1))]
START = {"w": np.array([[2.0, -1.0]]), "b": np.array([0.0])}


def towards_the_mean(parameters, x, y):
    """The gradient of a loss that is smallest where w and b are the mean of the batch."""
    return {name: np.asarray(parameters[name]) - np.mean(x) for name in ("w", "b")}


def parameters_of(answer: object, function: str) -> dict:
    """Return the parameters of an epoch's answer, with memory or without."""
    if function != "sgd_epoch":
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            fail(f"{function} does not return a pair (parameters, memory)", f"got: {answer!r:.300}")
        answer = answer[0]
    if not isinstance(answer, dict) or answer.keys() != START.keys():
        fail(f"{function} does not return a dict of the same names as the parameters", f"got: {answer!r:.300}")
    return answer


def after(name: str, batches: int) -> str:
    """Say which parameter this is, where it starts, and what its gradients are: numbers to follow on paper."""
    means = " and ".join(f"{x.mean():g}" for x, _ in BATCHES[:batches])
    gradient = f"a gradient of {name} − the mean of the batch, which is {means}"
    return f"the parameter {name} after the epoch (from {START[name].tolist()}, by {gradient})"


def assert_parameters(answer: object, function: str, w: list, b: list, batches: int = len(BATCHES)) -> None:
    """Fail unless an epoch of so many batches ended at these parameters."""
    got = parameters_of(answer, function)
    assert_close(got["w"], [w], what=after("w", batches))
    assert_close(got["b"], b, what=after("b", batches))


@criterion("training.sgd.batches")
def test_batches_follow_the_order_and_the_last_is_short(submission):
    """Return three batches, of two, two and one samples, in the order given.

    Catches: samples left out, x and y shuffled apart, the order left out.
    """
    batches = submission.mini_batches(X, Y, ORDER, 2)
    expected = [[40.0, 10.0], [50.0, 20.0], [30.0]]
    if not isinstance(batches, list | tuple) or len(batches) != len(expected):
        fail("mini_batches does not return a list of as many batches as there must be", f"got: {batches!r:.400}")
    for batch, samples in zip(batches, expected, strict=True):
        if not isinstance(batch, list | tuple) or len(batch) != 2:
            fail("a batch is not a pair (x, y)", f"got: {batch!r:.300}")
        assert_close(batch[0], np.array(samples)[:, None], what="x of a batch")
        assert_close(batch[1], np.array(samples)[:, None] / 10, what="y of a batch")


@criterion("training.sgd.step")
def test_one_batch_makes_one_step(submission):
    """Go half of the way to the mean of the batch, 4, for a learning rate of 0.5.

    Catches: steps along the gradient, a gradient divided by the size of the batch once more.
    """
    answer = submission.sgd_epoch(START, towards_the_mean, BATCHES[:1], 0.5)
    assert_parameters(answer, "sgd_epoch", w=[3.0, 1.5], b=[2.0], batches=1)


@criterion("training.sgd.epoch")
def test_each_batch_makes_a_step_from_where_the_last_one_ended(submission):
    """Go half of the way to 4, then to 8, then to 16.

    Catches: gradients at the start for all batches, a short batch left out.
    """
    answer = submission.sgd_epoch(START, towards_the_mean, BATCHES, 0.5)
    assert_parameters(answer, "sgd_epoch", w=[10.75, 10.375], b=[10.5])


@criterion("training.momentum.step")
def test_momentum_from_rest_steps_like_plain_descent(submission):
    """Go half of the way to the mean of the batch, 4, for a learning rate of 0.5.

    Catches: a first velocity that is not 0, a damped first step.
    """
    answer = submission.momentum_epoch(START, None, towards_the_mean, BATCHES[:1], 0.5, 0.25)
    assert_parameters(answer, "momentum_epoch", w=[3.0, 1.5], b=[2.0], batches=1)


@criterion("training.momentum.epoch")
def test_momentum_keeps_a_part_of_its_velocity(submission):
    """Add a quarter of the last step to each new one, for a learning rate of 0.5.

    For b: v = 2 and b = 2; then v = 0.5 + 3 and b = 5.5; then v = 0.875 + 5.25 and b = 11.625.

    Catches: a velocity that is not remembered, the roles of α and 1 − α.
    """
    answer = submission.momentum_epoch(START, None, towards_the_mean, BATCHES, 0.5, 0.25)
    assert_parameters(answer, "momentum_epoch", w=[11.5625, 11.65625], b=[11.625])


@criterion("training.rmsprop.step")
def test_rmsprop_divides_by_the_root_of_the_average(submission):
    """Step by η g / (√(g² / 4) + ε) for ρ = 3/4: for b, g = −4 and the step is 9 / 3.

    Catches: 1 − ρ left out, no root, ε inside the root.
    """
    settings = (2.25, 0.75, 1.0)
    answer = submission.rmsprop_epoch(START, None, towards_the_mean, BATCHES[:1], *settings)
    with told_apart(submission, lambda: submission.rmsprop_epoch(START, None, towards_the_mean, BATCHES, *settings)):
        assert_parameters(answer, "rmsprop_epoch", w=[2.0 + 4.5 / 2, -1.0 + 11.25 / 3.5], b=[3.0], batches=1)


@criterion("training.rmsprop.epoch")
def test_rmsprop_averages_the_squares(submission):
    """Take three steps for ρ = 3/4, with the average of all squares so far.

    For b: s = 4 and b = 4; then g = −4, s = 3 + 4 and b = 4 + 12 / (√7 + 1); and so on.

    Catches: a sum for an average, squares that are not remembered.
    """
    answer = submission.rmsprop_epoch(START, None, towards_the_mean, BATCHES, 3.0, 0.75, 1.0)
    second = 4 + 12 / (7**0.5 + 1)
    slope = second - 16
    third = second - 3 * slope / ((0.75 * 7 + 0.25 * slope**2) ** 0.5 + 1)
    assert_close(parameters_of(answer, "rmsprop_epoch")["b"], [third], what=after("b", len(BATCHES)))


def in_two_epochs(submission, function: str, settings: tuple) -> tuple[dict, dict]:
    """Return the parameters after all batches in one epoch, and after an epoch of one and an epoch of the rest."""
    epoch = getattr(submission, function)
    at_once = parameters_of(epoch(START, None, towards_the_mean, BATCHES, *settings), function)
    answer = epoch(START, None, towards_the_mean, BATCHES[:1], *settings)
    first = parameters_of(answer, function)
    return at_once, parameters_of(epoch(first, answer[1], towards_the_mean, BATCHES[1:], *settings), function)


@criterion("training.momentum.memory")
def test_momentum_remembers_from_epoch_to_epoch(submission):
    """Come to the same parameters whether the batches make up one epoch or two.

    Catches: a velocity that starts from 0 in each epoch.
    """
    at_once, in_two = in_two_epochs(submission, "momentum_epoch", (0.5, 0.5))
    for name in START:
        assert_close(in_two[name], at_once[name], what=f"the parameter {name} after two epochs")


@criterion("training.rmsprop.memory")
def test_rmsprop_remembers_from_epoch_to_epoch(submission):
    """Come to the same parameters whether the batches make up one epoch or two.

    Catches: an average that starts from 0 in each epoch.
    """
    at_once, in_two = in_two_epochs(submission, "rmsprop_epoch", (3.0, 0.75, 1.0))
    for name in START:
        assert_close(in_two[name], at_once[name], what=f"the parameter {name} after two epochs")
