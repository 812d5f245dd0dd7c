"""Hidden checks of overfitting one batch: its steps, what they are computed from, and where they end.

All is in double precision.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, assert_close, criterion, fail, numbers, tensor
from grader.checks.closeness import tensor_numbers
from grader.checks.training import Batches, Made, seen

seeds = st.integers(0, 2**16)
LOSS = Made("CrossEntropyLoss")


def wide(seed):
    """Return a network without batch normalisation, which notes what it is called with."""
    random = np.random.default_rng(seed)
    first, second = random.normal(size=(16, 12)) / 3, random.normal(size=(3, 16)) / 4
    return Network(
        {
            "watch": Layer("Watch"),
            "flatten": Layer("Flatten"),
            "fc1": Layer("Linear", {"in_features": 12, "out_features": 16, "bias": False}, {"weight": first}),
            "relu": Layer("ReLU"),
            "fc2": Layer("Linear", {"in_features": 16, "out_features": 3, "bias": False}, {"weight": second}),
        }
    )


def overfitted(network, data, optimizer, most):
    """Return the losses of the steps until the first batch is classified rightly, or of `most` steps."""
    model, loss, losses = network.module(), LOSS.here(), []
    optimizer, (inputs, targets) = optimizer.here(model), next(iter(data.here()))
    while len(losses) < most and (model(inputs).argmax(dim=1) != targets).any():
        value = loss(model(inputs), targets)
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        losses.append(float(value.detach()))
    return losses


def overfit(submission, seed, most, rate=0.3):
    """Overfit; return the model, the answer's three parts, the data and the losses that are right."""
    random = np.random.default_rng(seed)
    data = Batches(random.normal(size=(17, 1, 3, 4)), random.permutation(np.arange(17) % 3), 8, turning=True)
    network, optimizer = wide(seed), Made("SGD", {"lr": rate})
    model = network.on(submission)
    model.eval()
    got = submission.overfit_batch(
        model, data.on(submission), LOSS.on(submission), optimizer.on(submission, model), most
    )
    if not isinstance(got, tuple | list) or len(got) != 3:
        fail("overfit_batch does not return three things (inputs, targets, losses)", f"got: {got!r:.200}")
    return model, got, data, overfitted(network, data, optimizer, most)


@criterion("overfit.batch.outcome")
@given(seed=seeds)
@settings(max_examples=2)
def test_all_of_the_batch_is_classified_rightly_in_the_end(submission, seed):
    """Train until all eight samples of the first batch are classified rightly.

    Catches: too few steps, a step that is not taken, gradients that add up, steps uphill.
    """
    model, (inputs, targets, losses), data, expected = overfit(submission, seed, 400)
    assert_close(inputs, tensor(data.inputs[:8]), what="the inputs returned")
    assert_close(targets, tensor(data.targets[:8]), what="the targets returned")
    assert_losses(losses, expected, 400)
    scores = tensor_numbers(model(tensor(data.inputs[:8])), what="the model's scores")
    if scores.shape != (8, 3) or not (scores.argmax(axis=1) == data.targets[:8]).all():
        fail("samples of the batch are classified wrongly in the end", f"right are: {scores.argmax(axis=-1)!r:.200}")


def assert_losses(losses, expected, most):
    """Compare with the losses of all steps that had to be taken; further ones may follow."""
    losses = numbers(losses, what="the losses")
    if losses.ndim != 1:
        fail("the losses are no list of numbers, one for each step", f"got an array of shape {losses.shape}")
    if not len(expected) <= len(losses) <= most:
        needed = f"needed are {len(expected)} steps, allowed {most}; got {len(losses)} losses"
        fail("there are fewer losses than steps are needed, or more than are allowed", needed)
    assert_close(losses[: len(expected)], expected, what="the losses of the steps")


@criterion("overfit.batch.same")
@given(seed=seeds)
@settings(max_examples=1)
def test_each_step_is_computed_from_the_same_inputs(submission, seed):
    """Give the model the whole first batch, unchanged, at each step, in training mode.

    Catches: a new batch each time, the loader's first one taken anew where that is another each time, all of the
    loader, inputs that are shuffled, augmented or single.
    """
    model, (_, _, losses), data, expected = overfit(submission, seed, 400)
    losses = numbers(losses, what="the losses")
    assert_close(losses.reshape(losses.shape or (1,))[:1], expected[:1], what="the loss of the first step")
    calls = [(training, count, mean) for training, gradients, count, mean in seen(model) if gradients]
    mean = data.inputs[:8].mean()
    if any(not training for training, _, _ in calls):
        fail("steps are computed in evaluation mode")
    if any(count != 8 or abs(got - mean) > 1e-6 for _, count, got in calls):
        fail("the model does not get the same inputs each time", f"(mode, samples, mean): {calls[:8]!r}")


@criterion("overfit.batch.bounded")
@given(seed=seeds)
@settings(max_examples=1)
def test_no_more_steps_are_taken_than_allowed(submission, seed):
    """Stop after three steps where no more are allowed, whatever is still wrong.

    Catches: a step too many or too few, training without an end.
    """
    _, (_, _, losses), _, expected = overfit(submission, seed, 3, 0.01)
    assert_close(losses, expected, what="the losses of three steps")
