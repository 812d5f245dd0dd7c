"""Public checks of the experiment on initialisation: what a start looks like, one step, and the flat record."""

import numpy as np

from grader.checks import assert_close, criterion, fail, numbers

X = np.array([[1.0, 2.0], [-1.0, 0.5]])
TARGETS = np.array([1.0, 0.0])


def entry(answer: object, name: str, what: str) -> object:
    """One entry of a dict that the submission has returned."""
    if not isinstance(answer, dict) or name not in answer:
        fail(f"{what} are not a dict with {name!r}", f"got: {answer!r:.300}")
    return answer[name]


def pair(answer: object) -> tuple[object, object]:
    """The parameters and the record that `trained` has returned."""
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        fail("trained does not return a pair: parameters and record", f"got: {answer!r:.300}")
    return answer[0], answer[1]


@criterion("initialisation.experiment.start")
def test_the_three_starts_have_the_weights_they_are_named_after(submission):
    """Begin with weights of 0, of 1, or drawn one by one, and with biases of 0.

    Catches: biases of 1, random weights that are the same in each row.
    """
    for kind, value in (("zero", 0.0), ("one", 1.0)):
        start = submission.initial_parameters(kind, 3, 1)
        for name, expected in (
            ("w1", np.full((3, 2), value)),
            ("b1", np.zeros(3)),
            ("w2", np.full(3, value)),
            ("b2", 0.0),
        ):
            assert_close(entry(start, name, "the parameters"), expected, what=f"{name} of the start {kind!r}")
    start = submission.initial_parameters("random", 3, 1)
    weights = numbers(entry(start, "w1", "the parameters"), what="w1 of the random start")
    if weights.shape != (3, 2):
        fail("w1 of the random start has the wrong shape", f"expected (3, 2), got {weights.shape}")
    if len(np.unique(weights)) < 6:
        fail("the random weights are not six different numbers", f"got: {weights}")


@criterion("initialisation.experiment.steps")
def test_from_zero_only_the_last_bias_moves(submission):
    """Take one step from zero on two examples, whose outputs are both 1/2.

    Catches: a step uphill, the factor 2 or the mean left out, a record that begins after the first step.
    """
    # With h = 0 and w2 = 0 the loss has no slope but by b2: there it is the mean of 2 (1/2 − t) · 1/4, which is
    # (−1 + 1 + 1) · 1/12 with the targets 1, 0 and 0.
    start = {"w1": np.zeros((2, 2)), "b1": np.zeros(2), "w2": np.zeros(2), "b2": np.array(0.0)}
    targets = np.array([1.0, 0.0, 0.0])
    parameters, record = pair(submission.trained(start, np.vstack([X, X[:1]]), targets, 3.0, 1))
    confusions = {
        "This goes uphill: the loss falls against the gradient.": 0.25,
        "The loss has no factor ½, so that its derivative has a 2.": -0.125,
        "The loss is the mean over the examples, not their sum.": -0.75,
    }
    assert_close(entry(parameters, "b2", "the parameters"), -0.25, what="b2", confusions=confusions)
    assert_close(entry(parameters, "w1", "the parameters"), np.zeros((2, 2)), what="w1")
    before = numbers(record, what="the record")
    if before.shape != (2,):
        fail("the record has the wrong shape", f"expected (2,), got {before.shape}")
    assert_close(before[0], 0.25, what="the loss before the first step")


@criterion("initialisation.experiment.compared")
def test_from_zero_exclusive_or_stands_still(submission):
    """Record a loss of 1/4 at every one of 300 steps from zero: for each slope there is an opposite one.

    Catches: another task, record or start.
    """
    record = entry(submission.experiment(1), "zero", "the records")
    assert_close(record, np.full(301, 0.25), what="the record from zero")
