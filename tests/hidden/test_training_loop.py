"""Hidden checks of the training loop: weights and means after some steps, against the same steps taken here.

Networks have batch normalisation, so that modes show; batches are of unlike sizes, so that means do. All is in
double precision.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    CheckFailed,
    Layer,
    Network,
    assert_close,
    assert_untouched,
    criterion,
    fail,
    tensor,
)
from grader.checks.alike import alike
from grader.checks.closeness import plain
from grader.checks.training import Batches, Made, seen

seeds = st.integers(0, 2**16)
OPTIMIZERS = (
    Made("SGD", {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.01}),
    Made("Adam", {"lr": 0.01}),
    Made("RMSprop", {"lr": 0.005}),
)
LOSSES = (Made("CrossEntropyLoss"), Made("CrossEntropyLoss", {"label_smoothing": 0.2}), Made("MultiMarginLoss"))
SCHEDULERS = (Made("StepLR", {"step_size": 2, "gamma": 0.1}), Made("ExponentialLR", {"gamma": 0.5}))
KEYS = ["epoch", "learning_rate", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy"]


def tiny(seed):
    """Return a network that is quick, and whose modes differ."""
    random = np.random.default_rng(seed)
    values = {
        "weight": random.uniform(0.8, 1.6, 3), "bias": random.normal(size=3) * 0.3,
        "running_mean": random.normal(size=3) * 0.3, "running_var": random.uniform(0.5, 1.5, 3),
        "num_batches_tracked": np.array(7),
    }  # fmt: skip
    weights = {"weight": random.normal(size=(5, 12)), "bias": random.normal(size=5)}
    return Network(
        {
            "norm": Layer("BatchNorm2d", {"num_features": 3}, values),
            "flatten": Layer("Flatten"),
            "fc": Layer("Linear", {"in_features": 12, "out_features": 5}, weights),
        }
    )


def batches(seed, number=5, size=2, *, elsewhere=False):
    """Return samples of which the last is a batch by itself, and is large."""
    random = np.random.default_rng(seed)
    inputs = random.normal(size=(number, 3, 2, 2))
    inputs[-(number % size or size) :] *= 2
    return Batches(inputs, random.integers(0, 5, number), size, elsewhere=elsewhere)


def means(totals):
    loss, right, count = np.sum(totals, axis=0)
    return float(loss / count), float(right / count)


def outcome(loss, outputs, targets):
    """Return the batch's loss times its size, how many of it are right, and its size."""
    right = np.asarray(outputs.detach()).argmax(axis=1) == np.asarray(targets)
    return float(loss.detach()) * len(targets), right.sum(), len(targets)


def epoch_of(model, loader, loss, optimizer):
    """Train here; return mean loss and accuracy."""
    totals = []
    model.train()
    for inputs, targets in loader:
        for parameter in model.parameters():
            parameter.grad = None
        outputs = model(inputs)
        value = loss(outputs, targets)
        value.backward()
        optimizer.step()
        totals.append(outcome(value, outputs, targets))
    return means(totals)


def measured(model, loader, loss):
    import torch

    model.eval()
    with torch.no_grad():
        return means([outcome(loss(model(x), y), model(x), y) for x, y in loader])


def assert_pair(got, expected, *, what):
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail(f"{what} is not a pair (mean loss, accuracy)", f"got: {got!r:.200}")
    for value, right, name in zip(got, expected, ("mean loss", "accuracy"), strict=True):
        assert_close(value, tensor(right), what=f"the {name} of {what}")


def assert_values(values, right):
    """Compare what a model holds by now with what it should."""
    if not isinstance(values, dict) or values.keys() != right.keys():
        fail("the model cannot be read any more")
    for name, value in right.items():
        assert_close(values[name], value, what=f"{name} of the model")


@criterion("training.loop.steps")
@given(seed=seeds, optimizer=st.sampled_from(OPTIMIZERS), loss=st.sampled_from(LOSSES))
@settings(max_examples=2)
def test_each_batch_is_a_step_along_its_own_gradient(submission, seed, optimizer, loss):
    """Come to the weights that three steps, one for each batch, lead to, whatever the loss and the optimizer.

    Catches: gradients that add up, softmax before the loss, evaluation mode, a step for the whole epoch, the last
    batch left out, another optimizer or loss than the one given, batches in another order.
    """
    network, data = tiny(seed), batches(seed, 6)
    model = network.on(submission)
    model.eval()
    got = submission.train_epoch(model, data.on(submission), loss.on(submission), optimizer.on(submission, model))
    right = network.module()
    mean, _ = epoch_of(right, data.here(), loss.here(), optimizer.here(right))
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("train_epoch does not return a pair (mean loss, accuracy)", f"got: {got!r:.200}")
    assert_close(got[0], tensor(mean), what="the mean loss of three batches of two")
    assert_values(Network.state_of(model)["values"], right.state_dict())


@criterion("training.loop.means")
@given(seed=seeds, loss=st.sampled_from(LOSSES))
@settings(max_examples=2)
def test_an_epochs_means_are_over_its_samples(submission, seed, loss):
    """Return loss and accuracy of the outputs that the steps were computed from, each sample counting the same.

    Catches: means of batch means, the last batch's, outputs computed anew after training, sums, per cent.
    """
    network, data, optimizer = tiny(seed), batches(seed, 7, 3), Made("SGD", {"lr": 0.0})
    model = network.on(submission)
    got = submission.train_epoch(model, data.on(submission), loss.on(submission), optimizer.on(submission, model))
    right = network.module()
    assert_pair(got, epoch_of(right, data.here(), loss.here(), optimizer.here(right)), what="the epoch")


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


@criterion("training.loop.evaluation")
@given(seed=seeds, loss=st.sampled_from(LOSSES), size=st.integers(2, 4))
@settings(max_examples=2)
def test_evaluation_means_are_over_samples_in_evaluation_mode(submission, seed, loss, size):
    """Return mean loss and accuracy over the samples, as the model computes in evaluation mode.

    Catches: training mode, means of batch means, sums, per cent, a softmax before the loss.
    """
    for network, data in ((tiny(seed), batches(seed, 9, size)), (hits(), graded(size))):
        model = network.on(submission)
        got = submission.evaluate(model, data.on(submission), loss.on(submission))
        assert_pair(got, measured(network.module(), data.here(), loss.here()), what="the samples")


def hits():
    """Return a network that answers with its input."""
    arguments = {"in_features": 5, "out_features": 5, "bias": False}
    return Network({"fc": Layer("Linear", arguments, {"weight": np.eye(5)})})


def graded(size):
    """Return seven samples of scores, of which the first five are classified rightly."""
    scores = np.eye(5)[[0, 1, 2, 3, 4, 0, 1]] * 3 + np.linspace(0, 0.4, 5)
    return Batches(scores, np.array([0, 1, 2, 3, 4, 1, 2]), size)


@criterion("training.loop.untouched")
@given(seed=seeds)
@settings(max_examples=1)
def test_evaluation_changes_nothing_and_records_no_gradients(submission, seed):
    """Leave parameters, buffers and `.grad` as they were; compute without recording gradients.

    Catches: training mode, backward(), zero_grad(), no torch.no_grad().
    """
    model, data = undecided(seed).on(submission), batches(seed)
    before = Network.state_of(model)
    got = submission.evaluate(model, data.on(submission), LOSSES[0].on(submission))
    after = Network.state_of(model)
    assert_untouched({**before, "modes": after.get("modes")}, after)
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("evaluate does not return a pair (mean loss, accuracy)", f"got: {got!r:.200}")
    assert_close(got[0], tensor(np.log(5)), what="the mean loss of equal scores")
    if any(gradients for _, gradients, _, _ in seen(model)):
        fail("gradients are recorded while the model is evaluated")


def undecided(seed):
    """Return a network that notes its calls, and all of whose scores are equal."""
    children = tiny(seed).children
    weights = {"weight": np.zeros((5, 12)), "bias": np.ones(5)}
    return Network({"watch": Layer("Watch"), **children, "fc": Layer("Linear", children["fc"].arguments, weights)})


def fitted(network, train, validation, optimizer, scheduler, epochs):
    """Train here for some epochs; return the model and its history."""
    model, loss, history = network.module(), LOSSES[0].here(), []
    optimizer = optimizer.here(model)
    scheduler = scheduler and scheduler.here(optimizer)
    for epoch in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"]
        values = *epoch_of(model, train.here(), loss, optimizer), *measured(model, validation.here(), loss)
        history.append(dict(zip(KEYS, (epoch, rate, *values), strict=True)))
        if scheduler:
            scheduler.step()
    return model, history


def assert_history(got, expected, keys):
    if not isinstance(got, list | tuple) or len(got) != len(expected):
        fail("the history is not a list of one dict for each epoch", f"got: {got!r:.300}")
    for line, right in zip(got, expected, strict=True):
        if not isinstance(line, dict) or not line.keys() >= set(KEYS):
            fail("a dict of the history lacks a key", f"expected {KEYS}\ngot {line!r:.300}")
        for key in keys:
            assert_close(
                line[key], tensor(np.asarray(plain(right[key]), float)), what=f"{key} of epoch {right['epoch']}"
            )


def step_by_step(submission, network, train, validation, optimizer, scheduler, epochs):
    """Return model and history that the student's own train_epoch and evaluate come to, one epoch after the other."""
    model, loss, history = network.on(submission), LOSSES[0].on(submission), []
    optimizer = optimizer.on(submission, model)
    scheduler = scheduler and scheduler.on(submission, optimizer)
    train, validation = train.on(submission), validation.on(submission)
    for epoch in range(1, epochs + 1):
        rate = submission.read(optimizer, "param_groups")[0]["lr"]
        pairs = submission.train_epoch(model, train, loss, optimizer), submission.evaluate(model, validation, loss)
        if not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in pairs):
            fail("train_epoch or evaluate does not return a pair")
        history.append(dict(zip(KEYS, (epoch, rate, *pairs[0], *pairs[1]), strict=True)))
        if scheduler is not None:
            scheduler.step()
    return Network.state_of(model)["values"], history


def assert_fits(submission, seed, optimizer, scheduler, epochs, keys):
    """Fail unless `fit` comes to what right epochs come to, or, where these are wrong, the student's own epochs."""
    network, train, validation = tiny(seed), batches(seed), batches(seed + 1, 4, 3)
    model, loss = network.on(submission), LOSSES[0].on(submission)
    on_theirs = optimizer.on(submission, model)
    more = [scheduler.on(submission, on_theirs)] if scheduler else []
    got = submission.fit(model, train.on(submission), validation.on(submission), loss, on_theirs, epochs, *more)
    values = Network.state_of(model)["values"]
    case = network, train, validation, optimizer, scheduler, epochs
    right, expected = fitted(*case)
    try:
        assert_history(got, expected, keys)
        assert_values(values, right.state_dict())
    except CheckFailed:
        own, own_history = step_by_step(submission, *case)
        assert_values(own, own)
        if alike(own, Network.state_of(network.on(submission))["values"]):
            raise  # epochs that change nothing prove nothing
        assert_history(got, own_history, keys)
        assert_values(values, own)


@criterion("training.loop.history")
@given(seed=seeds, optimizer=st.sampled_from(OPTIMIZERS))
@settings(max_examples=1)
def test_the_history_tells_each_epochs_measures(submission, seed, optimizer):
    """Train for three epochs and return after each what was measured on training and on validation samples.

    Catches: validation before the epoch or on training samples, an epoch too many or too few, a model that is
    restored or begun anew, validation in training mode.
    """
    assert_fits(submission, seed, optimizer, None, 3, KEYS)


@criterion("training.loop.scheduler")
@given(seed=seeds, scheduler=st.sampled_from(SCHEDULERS))
@settings(max_examples=1)
def test_the_scheduler_steps_once_an_epoch(submission, seed, scheduler):
    """Tell the learning rate that each of four epochs was trained with, and come to the weights that these lead to.

    Catches: a scheduler that steps with each batch, before the epoch, or never; the learning rate of the next epoch.
    """
    assert_fits(submission, seed, Made("SGD", {"lr": 0.05}), scheduler, 4, KEYS[1:2])
