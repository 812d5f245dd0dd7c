"""Hidden checks of the training loop: weights and means after some steps, against the same steps taken here."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, assert_close, criterion, fail, tensor
from grader.checks.comparing.closeness import plain
from grader.checks.networks.epochs import (  # fmt: skip
    assert_pair,
    assert_still_the_model,
    assert_values,
    batches,
    demand_pair,
    epoch_of,
    identity,
    tiny,
)
from grader.checks.networks.training import Batches, Made, seen

seeds = st.integers(0, 2**16)
OPTIMIZERS = (
    Made("SGD", {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.01, "last": {"lr": 0.01}}),
    Made("Adam", {"lr": 0.01}),
    Made("RMSprop", {"lr": 0.005}),
)
LOSSES = (Made("CrossEntropyLoss"), Made("CrossEntropyLoss", {"label_smoothing": 0.2}), Made("MultiMarginLoss"))


def trained(submission, network, data, loss, optimizer):
    """Train the student's model for an epoch; return what came back, the model, the right model and pair.

    Fails where the model is not the same one afterwards: frozen, with hooks, of other layers.
    """
    model = network.on(submission)
    model.eval()
    model.seen_by("add_hooks")
    before = Network.state_of(model)
    got = submission.train_epoch(model, data.on(submission), loss.on(submission), optimizer.on(submission, model))
    assert_still_the_model(before, model)
    right = network.module()
    return got, model, right, epoch_of(right, data.here(), loss.here(), optimizer.here(right))


@criterion("training.loop.steps")
@given(seed=seeds, optimizer=st.sampled_from(OPTIMIZERS), loss=st.sampled_from(LOSSES))
@settings(max_examples=2)
def test_each_batch_is_a_step_along_its_own_gradient(submission, seed, optimizer, loss):
    """Come to the weights that three steps, one for each batch, lead to, whatever the loss and the optimizer.

    Catches: gradients that add up, softmax before the loss, evaluation mode, a step for the whole epoch, the last
    batch left out, another optimizer or loss than the one given, batches in another order, parameters left frozen,
    hooks left on the model, or taken from it.
    """
    got, model, right, pair = trained(submission, tiny(seed), batches(seed, 6), loss, optimizer)
    assert_close(demand_pair(got, what="the epoch")[0], tensor(pair[0]), what="the mean loss of three batches of two")
    assert_values(Network.state_of(model)["values"], right.state_dict())


@criterion("training.loop.steps")
@given(seed=seeds)
@settings(max_examples=1)
def test_steps_may_be_long_and_many(submission, seed):
    """Take a step for each of 130 batches, however long their gradients and large their losses are.

    Catches: gradients or losses that are clipped, a hundred batches at most.
    """
    random = np.random.default_rng(seed)
    data = Batches(random.normal(size=(260, 5)) * 20_000, random.integers(0, 5, 260), 2)
    got, model, right, pair = trained(submission, identity(), data, LOSSES[0], Made("SGD", {"lr": 1e-6}))
    assert_close(demand_pair(got, what="the epoch")[0], tensor(pair[0]), what="the mean loss of 130 batches of two")
    assert_values(Network.state_of(model)["values"], right.state_dict())


@criterion("training.loop.means")
@given(seed=seeds, loss=st.sampled_from(LOSSES))
@settings(max_examples=2)
def test_an_epochs_means_are_over_its_samples(submission, seed, loss):
    """Return loss and accuracy of the outputs that the steps were computed from, each sample counting the same.

    Catches: means of batch means, the last batch's, outputs computed anew after training, sums, per cent.
    """
    got, *_, pair = trained(submission, tiny(seed), batches(seed, 7, 3), loss, Made("SGD", {"lr": 0.0}))
    assert_pair(got, pair, what="the epoch")


@criterion("training.loop.means")
@given(seed=seeds)
@settings(max_examples=1)
def test_the_samples_are_those_that_the_loader_gives(submission, seed):
    """Count the samples that come: of a list of batches, of a loader that leaves the last ones out, or has no length.

    Catches: the length of the loader or of its dataset, its batch size, an accuracy that is not 0 where all is wrong,
    ten classes at most.
    """
    for how in ({"listed": True}, {"drop_last": True}, {"unsized": True}):
        got, *_, pair = trained(submission, tiny(seed), batches(seed, 5, 2, **how), LOSSES[0], Made("SGD", {"lr": 0.0}))
        assert_pair(got, pair, what="the epoch")
    wrong = Batches(np.eye(5)[:3], np.array([1, 2, 3]), 2, listed=True)
    got, *_, pair = trained(submission, identity(), wrong, LOSSES[0], Made("SGD", {"lr": 0.0}))
    assert_pair(got, pair, what="an epoch in which all is classified wrongly")
    dozen = Batches(3 * np.eye(12), np.arange(12), 5)
    got, *_, pair = trained(submission, identity(12), dozen, LOSSES[0], Made("SGD", {"lr": 0.0}))
    assert_pair(got, pair, what="an epoch of twelve classes")


@criterion("training.loop.means")
@given(seed=seeds)
@settings(max_examples=1)
def test_each_sample_goes_through_the_model_once(submission, seed):
    """Compute each batch's outputs once, in training mode, and with gradients.

    Catches: a second pass to measure, which updates batch normalisation's statistics once more.
    """
    network = Network({"watch": Layer("Watch"), **tiny(seed).children})
    data, model = batches(seed), network.on(submission)
    loss, optimizer = LOSSES[0].on(submission), OPTIMIZERS[0].on(submission, model)
    submission.train_epoch(model, data.on(submission), loss, optimizer)
    calls = [(training, gradients, count) for training, gradients, count, _ in seen(model)]
    if calls != [(True, True, 2), (True, True, 2), (True, True, 1)]:
        fail(
            "the model is not called once for each batch, in training mode",
            "calls (in training mode?, with gradients?, samples): " + repr(calls[:20]),
        )


@criterion("training.loop.device")
@given(seed=seeds)
@settings(max_examples=1)
def test_batches_are_moved_to_where_the_model_is(submission, seed):
    """Train with a batch that lies on another device than the model's parameters.

    Catches: inputs or targets that are not moved, a device by name.
    """
    network, data, optimizer = tiny(seed), batches(seed, 3, 3, elsewhere=True), OPTIMIZERS[0]
    model, loader, loss = network.on(submission), data.on(submission), LOSSES[0].on(submission)
    got = submission.train_epoch(model, loader, loss, optimizer.on(submission, model))
    right, here = network.module(), batches(seed, 3, 3).here()
    assert_pair(got, epoch_of(right, here, LOSSES[0].here(), optimizer.here(right)), what="the epoch")


@criterion("training.loop.device")
@given(seed=seeds)
@settings(max_examples=1)
def test_batches_are_moved_for_evaluation_too(submission, seed):
    """Measure a batch that lies on another device than the model's parameters as if it lay there.

    Catches: inputs or targets that are moved in training alone.
    """
    model, loss = tiny(seed).on(submission), LOSSES[0].on(submission)
    loaders = [batches(each, 4, 3, elsewhere=far).on(submission) for each, far in ((seed, 1), (seed, 0), (seed + 1, 0))]
    far, here, other = (
        demand_pair(submission.evaluate(model, loader, loss), what="what evaluate returns")[0] for loader in loaders
    )
    # What is measured wrongly is wrong here and there, and costs another criterion.
    assert_close(far, tensor(plain(here)), what="the mean loss of a batch that is moved")
    if np.array_equal(plain(here), plain(other)):
        fail("the mean loss does not depend on the samples")
