"""Hidden checks of training for some epochs: the history, and the scheduler."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import CheckFailed, Network, all_at_once, assert_close, criterion, fail, tensor
from grader.checks.comparing.alike import alike
from grader.checks.comparing.closeness import plain
from grader.checks.networks.epochs import (
    assert_still_the_model,
    assert_values,
    batches,
    epoch_of,
    identity,
    measured,
    tiny,
)
from grader.checks.networks.training import Batches, Made

seeds = st.integers(0, 2**16)
LOSS = Made("CrossEntropyLoss")
OPTIMIZERS = (
    Made("SGD", {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.01}),
    Made("Adam", {"lr": 0.01}),
    Made("RMSprop", {"lr": 0.005}),
)
SCHEDULERS = (Made("StepLR", {"step_size": 2, "gamma": 0.1}), Made("ExponentialLR", {"gamma": 0.5}))
KEYS = ["epoch", "learning_rate", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy"]


def fitted(network, train, validation, optimizer, scheduler, epochs):
    """Train here for some epochs; return the model and its history."""
    model, loss, history = network.module(), LOSS.here(), []
    optimizer = optimizer.here(model)
    scheduler = scheduler and scheduler.here(optimizer)
    train, validation = train.here(), validation.here()
    for epoch in range(1, epochs + 1):
        rate = optimizer.param_groups[0]["lr"]
        values = *epoch_of(model, train, loss, optimizer), *measured(model, validation, loss)
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
    model, loss, history = network.on(submission), LOSS.on(submission), []
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


def drawn(seed):
    """Return a network, and samples to train and to measure it with."""
    return tiny(seed), batches(seed), batches(seed + 1, 4, 3)


def assert_fits(submission, parts, optimizer, scheduler, epochs, keys):
    """Fail unless `fit` comes to what right epochs come to, or, where these are wrong, the student's own epochs."""
    network, train, validation = parts
    model, loss = network.on(submission), LOSS.on(submission)
    on_theirs = optimizer.on(submission, model)
    more = [scheduler.on(submission, on_theirs)] if scheduler else []
    before = Network.state_of(model)
    got = submission.fit(model, train.on(submission), validation.on(submission), loss, on_theirs, epochs, *more)
    assert_still_the_model(before, model)
    if scheduler:
        own = optimizer.here(network.module())
        schedule = scheduler.here(own)
        own.step()
        for _ in range(epochs):
            schedule.step()
        rate = submission.read(on_theirs, "param_groups")[0]["lr"]
        assert_close(rate, own.param_groups[0]["lr"], what="the learning rate after the last epoch")
    values = Network.state_of(model)["values"]
    case = network, train, validation, optimizer, scheduler, epochs
    right, expected = fitted(*case)
    try:
        assert_history(got, expected, keys)
        assert_values(values, right.state_dict())
    except CheckFailed:
        own, own_history = step_by_step(submission, *case)
        assert_values(own, own)
        if optimizer.arguments["lr"] and alike(own, Network.state_of(network.on(submission))["values"]):
            raise  # epochs that change nothing prove nothing
        assert_history(got, own_history, keys)
        assert_values(values, own)


@criterion("training.loop.history")
@given(seed=seeds, optimizer=st.sampled_from(OPTIMIZERS))
@settings(max_examples=1)
def test_the_history_tells_each_epochs_measures(submission, seed, optimizer):
    """Train for three epochs and return after each what was measured on training and on validation samples.

    Catches: validation before the epoch or on training samples, an epoch too many or too few, a model that is
    restored or begun anew, validation in training mode, an optimizer that is made anew, parameters left frozen.
    """
    assert_fits(submission, drawn(seed), optimizer, None, 3, KEYS)


@criterion("training.loop.history")
@given(seed=seeds)
@settings(max_examples=1)
def test_training_goes_on_to_the_last_epoch(submission, seed):
    """Train for all of twelve epochs, though the validation loss rises.

    Catches: an end before the last epoch, the epoch with the least validation loss restored.
    """
    assert_fits(submission, drawn(seed), Made("SGD", {"lr": 0.3}), None, 12, KEYS)


@criterion("training.loop.history")
def test_each_epoch_asks_the_loaders_anew(submission):
    """Train and measure in each epoch on what the loaders give then, in another order or with other samples.

    Catches: batches that are kept from the first epoch.
    """
    network, *_ = drawn(3)
    train, validation = batches(3, 8, 2, turning=True), batches(4, 6, 2, turning=True)
    assert_fits(submission, (network, train, validation), Made("SGD", {"lr": 0.1}), None, 3, KEYS)


@criterion("training.loop.history")
def test_training_goes_on_where_all_is_right(submission):
    """Train for all of forty epochs, though everything is classified rightly from the first on.

    Catches: fifteen epochs at most, an end where the accuracy is 1.
    """
    assert_fits(submission, all_right(), Made("SGD", {"lr": 0.0}), None, 40, KEYS)


@criterion("training.loop.history")
def test_each_training_has_a_history_of_its_own(submission):
    """Leave a history as it is when another training begins.

    Catches: one list for all, filled or emptied again.
    """
    network, train, validation = all_right()
    loss, calls = LOSS.on(submission), []
    for epochs in (2, 3):
        model = network.on(submission)
        optimizer = Made("SGD", {"lr": 0.0}).on(submission, model)
        calls.append([model, train.on(submission), validation.on(submission), loss, optimizer, epochs])
    lengths = [len(each) if isinstance(each, list | tuple) else 0 for each in all_at_once(submission.fit, *calls)]
    if lengths != [2, 3]:
        fail("a history is not a list of one dict for each epoch once another training has been done", f"{lengths}")


def all_right():
    """Return a network and samples of which it classifies all rightly."""
    samples = Batches(np.eye(5) * 3, np.arange(5), 5)
    return identity(), samples, samples


@criterion("training.loop.scheduler")
def test_the_scheduler_goes_on_to_the_last_epoch(submission):
    """Let the learning rate fall in each of forty epochs.

    Catches: a scheduler that stops after some epochs, rates that are rounded.
    """
    assert_fits(submission, all_right(), Made("SGD", {"lr": 0.1}), Made("ExponentialLR", {"gamma": 0.9}), 40, KEYS[1:2])


@criterion("training.loop.scheduler")
def test_the_schedule_goes_on_where_training_goes_on(submission):
    """Let the learning rate fall on, from where it is, when the model is trained on by a second call.

    Catches: a scheduler that is told the epoch of this call, or begun anew.
    """
    network, *loaders = all_right()
    model = network.on(submission)
    optimizer = Made("SGD", {"lr": 0.1}).on(submission, model)
    scheduler = Made("ExponentialLR", {"gamma": 0.5}).on(submission, optimizer)
    loaders = [each.on(submission) for each in loaders]
    for begun in (0, 3):
        got = submission.fit(model, *loaders, LOSS.on(submission), optimizer, 3, scheduler)
        rates = [{"epoch": epoch, "learning_rate": 0.1 * 0.5 ** (begun + epoch - 1)} for epoch in (1, 2, 3)]
        assert_history(got, rates, KEYS[1:2])


@criterion("training.loop.scheduler")
@given(seed=seeds, scheduler=st.sampled_from(SCHEDULERS))
@settings(max_examples=1)
def test_the_scheduler_steps_once_an_epoch(submission, seed, scheduler):
    """Tell the learning rate that each of five epochs was trained with, and come to the weights that these lead to.

    Catches: a scheduler that steps with each batch, before the epoch, never, or not after the last; the learning
    rate of the next epoch; those of all groups in a list, or of the last one; a scheduler that is given a measure.
    """
    assert_fits(submission, drawn(seed), Made("SGD", {"lr": 0.05, "last": {"lr": 0.01}}), scheduler, 5, KEYS[1:2])
