"""Hidden checks of evaluation: means in evaluation mode, and a model that is left as it was."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, assert_close, assert_untouched, criterion, fail, tensor
from grader.checks.networks.epochs import assert_pair, batches, demand_pair, identity, measured, tiny
from grader.checks.networks.training import Batches, Made, leave_gradients, seen

seeds = st.integers(0, 2**16)
LOSSES = (Made("CrossEntropyLoss"), Made("CrossEntropyLoss", {"label_smoothing": 0.2}), Made("MultiMarginLoss"))


@criterion("training.loop.evaluation")
@given(seed=seeds, loss=st.sampled_from(LOSSES), size=st.integers(2, 4))
@example(seed=1, loss=LOSSES[2], size=3)
@settings(max_examples=2)
def test_evaluation_means_are_over_samples_in_evaluation_mode(submission, seed, loss, size):
    """Return mean loss and accuracy over the samples, as the model computes in evaluation mode.

    Catches: training mode, or evaluation mode of the layers alone, means of batch means, sums, per cent, a softmax
    before the loss, another loss than the one given.
    """
    own = Network(identity().children, (("fc", (0,)), ("twice_in_training", (1,))))
    for network, data in ((tiny(seed), batches(seed, 9, size)), (identity(), graded(size)), (own, graded(size))):
        assert_measured(submission, network, data, loss)


def assert_measured(submission, network, data, loss):
    got = submission.evaluate(network.on(submission), data.on(submission), loss.on(submission))
    assert_pair(got, measured(network.module(), data.here(), loss.here()), what="the samples")


def graded(size):
    """Return seven samples of scores, of which the first five are classified rightly."""
    scores = np.eye(5)[[0, 1, 2, 3, 4, 0, 1]] * 3 + np.linspace(0, 0.4, 5)
    return Batches(scores, np.array([0, 1, 2, 3, 4, 1, 2]), size)


@criterion("training.loop.evaluation")
@given(seed=seeds)
@settings(max_examples=1)
def test_evaluation_counts_the_samples_that_come(submission, seed):
    """Measure a list of batches, what a loader leaves over, 130 batches of one, and a single sample.

    Catches: the length of the loader or of its dataset, its batch size, a hundred batches at most, an accuracy that is
    not 0 where all is wrong.
    """
    one = Batches(np.eye(5)[2:3], np.array([1]), 1, listed=True)
    many = Batches(np.random.default_rng(seed).normal(size=(130, 5)), np.arange(130) % 5, 1)
    for data in (one, many):
        assert_measured(submission, identity(), data, LOSSES[0])
    for how in ({"listed": True}, {"drop_last": True}, {"unsized": True}):
        assert_measured(submission, tiny(seed), batches(seed, 5, 2, **how), LOSSES[0])


@criterion("training.loop.untouched")
@given(seed=seeds)
@settings(max_examples=1)
def test_evaluation_changes_nothing_and_records_no_gradients(submission, seed):
    """Leave parameters, buffers, `.grad`, and what is frozen as they were; compute without recording gradients.

    Catches: training mode, backward(), zero_grad(), no torch.no_grad(), all parameters frozen and thawed.
    """
    model, data = undecided(seed).in_use_on(submission, training=True), batches(seed)
    leave_gradients(model, seed)
    before = Network.state_of(model)
    got = submission.evaluate(model, data.on(submission), LOSSES[0].on(submission))
    after = Network.state_of(model)
    assert_untouched({**before, "modes": after.get("modes")}, after)
    mean = demand_pair(got, what="what evaluate returns")[0]
    assert_close(mean, tensor(np.log(5)), what="the mean loss of equal scores")
    if any(gradients for _, gradients, _, _ in seen(model)):
        fail("gradients are recorded while the model is evaluated")


def undecided(seed):
    """Return a network that notes its calls, and all of whose scores are equal."""
    children = tiny(seed).children
    weights = {"weight": np.zeros((5, 12)), "bias": np.ones(5)}
    return Network({"watch": Layer("Watch"), **children, "fc": Layer("Linear", children["fc"].arguments, weights)})
