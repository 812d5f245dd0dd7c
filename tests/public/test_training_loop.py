"""Public checks of the training loop: a linear classifier of two classes, whose steps are written out in NumPy.

Inputs are pairs of numbers; there are three of them in batches of two. Modes show in a network with normalisation. What
hidden checks ask besides: other losses and optimizers, networks with batch normalisation, and batches on another
device.
"""

import numpy as np

from grader.checks import Layer, Network, assert_close, criterion, fail, numbers, small_network, spread, tensor
from grader.checks.comparing.closeness import plain
from grader.checks.networks.training import Batches, Made, leave_gradients

WEIGHT = np.array([[0.5, -0.5], [-1.0, 1.0]])
INPUTS = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 1.0]])
TARGETS = np.array([0, 0, 1])
OTHERS = Batches(np.array([[1.0, 0.0], [0.0, 2.0], [4.0, 1.0]]), np.array([0, 0, 1]), 2)
DATA = Batches(INPUTS, TARGETS, 2)
LINEAR = Network({"fc": Layer("Linear", {"in_features": 2, "out_features": 2, "bias": False}, {"weight": WEIGHT})})
LOSS, SGD = Made("CrossEntropyLoss"), Made("SGD", {"lr": 0.1})
RATE = 0.1
ADDED = "Steps go along the sum of all gradients so far: set them to zero before each backward()."


def forward(weight, x, y):
    """Return losses, which are right, and the gradient of the mean loss."""
    scores = x @ weight.T
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    right = scores.argmax(axis=1) == y
    return -np.log(p[np.arange(len(y)), y]), right, (p - np.eye(2)[y]).T @ x / len(y)


def epoch(weight, rate=RATE, *, summed=False):
    """Return the weight after an epoch of two batches, and the losses and hits of the samples."""
    losses, hits, kept = [], [], 0
    for part in (slice(0, 2), slice(2, 3)):
        loss, right, gradient = forward(weight, INPUTS[part], TARGETS[part])
        kept = kept + gradient if summed else gradient
        weight = weight - rate * kept
        losses.append(loss)
        hits.append(right)
    return weight, losses, hits


def assert_pair(got, expected, what, confusions):
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail(f"{what} does not return a pair (mean loss, accuracy)", f"got: {got!r:.200}")
    assert_close(got[0], tensor(expected[0]), what="the mean loss", confusions=confusions)
    assert_close(got[1], tensor(expected[1]), what="the accuracy")


def measured(weight):
    """Return mean loss and accuracy of the other samples."""
    loss, right, _ = forward(weight, OTHERS.inputs, OTHERS.targets)
    return loss.mean(), right.mean()


def of_batches(losses):
    return {"This is the mean of the batches' means; the last batch is smaller.": np.mean([x.mean() for x in losses])}


@criterion("training.loop.steps")
def test_two_batches_are_two_steps(submission):
    """Take one step for the first two samples, then one for the third.

    Catches: gradients that add up, steps uphill, one step for all.
    """
    model = LINEAR.on(submission)
    submission.train_epoch(model, DATA.on(submission), LOSS.on(submission), SGD.on(submission, model))
    confusions = {
        ADDED: tensor(epoch(WEIGHT, summed=True)[0]),
        "The weights are as they were: no step was taken.": tensor(WEIGHT),
        "These are the weights after the first batch.": tensor(
            WEIGHT - RATE * forward(WEIGHT, INPUTS[:2], TARGETS[:2])[2]
        ),
    }
    got = Network.state_of(model)["values"]["fc.weight"]
    assert_close(got, tensor(epoch(WEIGHT)[0]), what="the weight", confusions=confusions)


def images():
    """Return four images in batches of two."""
    return Batches(spread((4, 3, 6, 6), 1), np.array([0, 1, 2, 3]), 2)


@criterion("training.loop.steps")
def test_steps_are_computed_in_training_mode(submission):
    """Train a model that arrives in evaluation mode: batch normalisation is to count two batches.

    Catches: no model.train().
    """
    model = small_network("modules").on(submission)
    model.eval()
    before = Network.state_of(model)["values"]["norm1.num_batches_tracked"]
    submission.train_epoch(model, images().on(submission), LOSS.on(submission), SGD.on(submission, model))
    counted = Network.state_of(model)["values"]["norm1.num_batches_tracked"]
    none = {"No batch was counted: the model is in evaluation mode; model.train() is missing.": before}
    assert_close(counted, tensor(plain(before) + 2), what="the number of batches", confusions=none)


@criterion("training.loop.means")
def test_the_epochs_means_count_each_sample_once(submission):
    """Return mean loss and accuracy over three samples, where no step changes the weights.

    Catches: means of batch means, sums, per cent.
    """
    model, still = LINEAR.on(submission), Made("SGD", {"lr": 0.0})
    got = submission.train_epoch(model, DATA.on(submission), LOSS.on(submission), still.on(submission, model))
    _, losses, hits = epoch(WEIGHT, 0.0)
    expected = np.concatenate(losses).mean(), np.concatenate(hits).mean()
    assert_pair(got, expected, "train_epoch", of_batches(losses))


@criterion("training.loop.means")
def test_a_list_of_batches_will_do(submission):
    """Return the same where the loader is a list of batches, which has neither a dataset nor a batch size.

    Catches: the length of the loader's dataset, its batch size.
    """
    model, still = LINEAR.on(submission), Made("SGD", {"lr": 0.0})
    listed = Batches(INPUTS, TARGETS, 2, listed=True).on(submission)
    got = submission.train_epoch(model, listed, LOSS.on(submission), still.on(submission, model))
    _, losses, hits = epoch(WEIGHT, 0.0)
    assert_pair(got, (np.concatenate(losses).mean(), np.concatenate(hits).mean()), "train_epoch", of_batches(losses))


@criterion("training.loop.device")
def test_batches_from_another_device_are_moved(submission):
    """Train where the batch lies on another device than the model: as if, for here there is only one.

    Catches: inputs or targets that are not moved to where the model's parameters are.
    """
    model, data = LINEAR.on(submission), Batches(INPUTS[:2], TARGETS[:2], 2, elsewhere=True)
    submission.train_epoch(model, data.on(submission), LOSS.on(submission), SGD.on(submission, model))
    right = WEIGHT - RATE * forward(WEIGHT, INPUTS[:2], TARGETS[:2])[2]
    assert_close(Network.state_of(model)["values"]["fc.weight"], tensor(right), what="the weight")


@criterion("training.loop.device")
def test_batches_from_another_device_are_moved_for_evaluation(submission):
    """Evaluate where the batch lies on another device than the model, with the same loss as of a batch beside it.

    Catches: inputs or targets that are moved in training alone.
    """
    model, loss = LINEAR.on(submission), LOSS.on(submission)
    far, here = (
        submission.evaluate(model, Batches(INPUTS[:2], TARGETS[:2], 2, elsewhere=far).on(submission), loss)
        for far in (True, False)
    )
    other = submission.evaluate(model, OTHERS.on(submission), loss)
    assert_pair(far, [plain(each) for each in here], "evaluate", {})
    if plain(other[0]) == plain(here[0]):
        fail("the mean loss does not depend on the samples")


@criterion("training.loop.evaluation")
def test_evaluation_counts_each_sample_once(submission):
    """Return mean loss and accuracy over three samples in two batches.

    Catches: means of batch means, sums, per cent.
    """
    got = submission.evaluate(LINEAR.on(submission), DATA.on(submission), LOSS.on(submission))
    losses, right, _ = forward(WEIGHT, INPUTS, TARGETS)
    assert_pair(got, (losses.mean(), right.mean()), "evaluate", of_batches([losses[:2], losses[2:]]))


@criterion("training.loop.evaluation")
def test_evaluation_is_in_evaluation_mode(submission):
    """Evaluate a model that arrives in training mode: in evaluation mode batches do not matter.

    Catches: no model.eval().
    """
    data, loss = images(), LOSS.on(submission)
    pairs = []
    for size in (4, 2):
        loader = Batches(data.inputs, data.targets, size).on(submission)
        pairs.append(submission.evaluate(small_network("modules").on(submission), loader, loss))
    assert_pair(pairs[1], [plain(each) for each in pairs[0]], "evaluate on other batches of the same samples", {})


@criterion("training.loop.untouched")
def test_evaluation_leaves_the_weights(submission):
    """Leave the weights as they were, and their gradients.

    Catches: training, backward(), zero_grad().
    """
    zeros = Layer("Linear", LINEAR.children["fc"].arguments, {"weight": np.zeros((2, 2))})
    model = Network({"fc": zeros}).on(submission)
    leave_gradients(model, 1)
    before = Network.state_of(model)["gradients"]["fc.weight"]
    got = submission.evaluate(model, DATA.on(submission), LOSS.on(submission))
    after = Network.state_of(model)
    assert_close(after["values"]["fc.weight"], tensor(np.zeros((2, 2))), what="the weight")
    assert_close(after["gradients"]["fc.weight"], before, what="the gradient of the weight, which was there before,")
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("evaluate does not return a pair (mean loss, accuracy)", f"got: {got!r:.200}")
    assert_close(got[0], tensor(np.log(2)), what="the mean loss of equal scores")


KEYS = ("epoch", "learning_rate", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


def fitted(submission, *, scheduled=False):
    """Return the history and the weight of two epochs; where scheduled, of a tenth of the learning rate each."""
    model = LINEAR.on(submission)
    optimizer = SGD.on(submission, model)
    scheduler = [Made("StepLR", {"step_size": 1, "gamma": 0.1}).on(submission, optimizer)] if scheduled else []
    data, others, loss = DATA.on(submission), OTHERS.on(submission), LOSS.on(submission)
    history = submission.fit(model, data, others, loss, optimizer, 2, *scheduler)
    if not isinstance(history, list | tuple) or len(history) != 2:
        fail("fit does not return a list of one dict for each epoch", f"got: {history!r:.300}")
    if any(not isinstance(line, dict) or not line.keys() >= set(KEYS) for line in history):
        fail("a dict of the history lacks a key", f"expected {KEYS}\ngot {history!r:.300}")
    return history, Network.state_of(model)["values"]["fc.weight"]


def told(history, key):
    return [float(plain(line[key])) for line in history]


@criterion("training.loop.history")
def test_two_epochs_are_told(submission):
    """Return two dicts, each with what train_epoch and, after it, evaluate return.

    Catches: an epoch too many or too few, a missing key, validation before the epoch or of training samples.
    """
    history, _ = fitted(submission)
    assert_close(told(history, "epoch"), [1.0, 2.0], what="the numbers of the epochs")
    assert_close(told(history, "learning_rate"), [RATE, RATE], what="the learning rates")
    model, loss = LINEAR.on(submission), LOSS.on(submission)
    optimizer, data, others = SGD.on(submission, model), DATA.on(submission), OTHERS.on(submission)
    rows = [submission.evaluate(model, others, loss)]
    for line in history:
        trained = submission.train_epoch(model, data, loss, optimizer)
        rows.append(submission.evaluate(model, others, loss))
        confusions = {"The validation samples are measured before the epoch. Measure after it.": plain(rows[-2][0])}
        for key, value in zip(KEYS[2:], (*trained, *rows[-1]), strict=True):
            hints = confusions if key == "validation_loss" else {}
            assert_close(plain(line[key]), plain(value), what=key, confusions=hints)


@criterion("training.loop.scheduler")
def test_the_learning_rate_falls_after_the_first_epoch(submission):
    """Train the second epoch with a tenth of the learning rate.

    Catches: a scheduler that steps after each batch or never.
    """
    history, weight = fitted(submission, scheduled=True)
    confusions = {
        "The learning rate does not change: the scheduler does not step.": [0.1, 0.1],
        "The scheduler steps with each batch. Let it step once an epoch.": [0.1, 0.001],
        "These are the learning rates after each epoch, not those that it trained with.": [0.01, 0.001],
    }
    assert_close(told(history, "learning_rate"), [0.1, 0.01], what="the learning rates", confusions=confusions)
    if np.allclose(plain(weight), WEIGHT):
        fail("the weights are as they were before the two epochs")


@criterion("overfit.batch.outcome")
def test_two_samples_are_learnt(submission):
    """Train on the first two samples until both are classified rightly.

    Catches: steps on other samples, a loss that is not the step's.
    """
    model = LINEAR.on(submission)
    got = submission.overfit_batch(model, DATA.on(submission), LOSS.on(submission), SGD.on(submission, model), 100)
    if not isinstance(got, tuple | list) or len(got) != 3:
        fail("overfit_batch does not return three things (inputs, targets, losses)", f"got: {got!r:.200}")
    assert_close(got[0], tensor(INPUTS[:2]), what="the inputs returned")
    assert_close(got[1], tensor(TARGETS[:2]), what="the targets returned")
    returned, losses = numbers(got[2], what="the losses"), overfitted()
    if returned.ndim != 1:
        fail("the losses are no list of numbers, one for each step", f"got an array of shape {returned.shape}")
    if len(returned) < len(losses):
        counts = f"it takes {len(losses)} steps until both samples are right; got {len(returned)} losses"
        adding = overfitted(summed=True)
        added = len(returned) >= len(adding) and np.allclose(returned[: len(adding)], adding, rtol=1e-4)
        fail("there are fewer losses than steps are needed", counts, ADDED if added else "")
    confusions = {ADDED: overfitted(summed=True, steps=len(losses))}
    assert_close(returned[: len(losses)], losses, what="the losses of the steps", confusions=confusions)


def overfitted(*, summed=False, steps=0):
    """Return the losses of steps on the first two samples, of so many or until both are right."""
    weight, losses, kept = WEIGHT, [], 0
    while len(losses) < steps or not (steps or forward(weight, INPUTS[:2], TARGETS[:2])[1].all()):
        loss, _, gradient = forward(weight, INPUTS[:2], TARGETS[:2])
        kept = kept + gradient if summed else gradient
        weight = weight - RATE * kept
        losses.append(loss.mean())
    return losses
