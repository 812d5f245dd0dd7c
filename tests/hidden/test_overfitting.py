"""Hidden checks of overfitting one batch: its steps, what they are computed from, and where they end.

All is in double precision.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, assert_close, criterion, fail, numbers, tensor
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.networks.epochs import assert_still_the_model, batches, identity, tiny
from grader.checks.networks.training import Batches, Made, seen

seeds = st.integers(0, 2**16)
LOSS = Made("CrossEntropyLoss")
BATCH = 11  # more than the eight or ten that somebody may cut a batch to
MANY = 400  # steps that are allowed, where half of them are not needed
SELDOM = 100  # steps, after which whoever looks seldom looks again


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


def elevens(seed):
    """Return two batches of eleven samples and one of one, in another order in each pass."""
    random = np.random.default_rng(seed)
    return Batches(random.normal(size=(23, 1, 3, 4)), random.permutation(np.arange(23) % 3), BATCH, turning=True)


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


def overfit(submission, network, data, optimizer, most):
    """Overfit; return the model and the answer's three parts. Fails where the model is frozen, or has hooks, then."""
    model = network.on(submission)
    model.eval()
    model.seen_by("add_hooks")
    before = Network.state_of(model)
    got = submission.overfit_batch(
        model, data.on(submission), LOSS.on(submission), optimizer.on(submission, model), most
    )
    assert_still_the_model(before, model)
    if not isinstance(got, tuple | list) or len(got) != 3:
        fail("overfit_batch does not return three things (inputs, targets, losses)", f"got: {got!r:.200}")
    return model, got


def assert_losses(losses, expected, most):
    """Compare with the losses of all steps that had to be taken; further ones may follow."""
    losses = numbers(losses, what="the losses")
    if losses.ndim != 1:
        fail("the losses are no list of numbers, one for each step", f"got an array of shape {losses.shape}")
    if not len(expected) <= len(losses) <= most:
        needed = f"needed are {len(expected)} steps, allowed {most}; got {len(losses)} losses"
        fail("there are fewer losses than steps are needed, or more than are allowed", needed)
    assert_close(losses[: len(expected)], expected, what="the losses of the steps")


def assert_first(losses, expected):
    """Compare the first loss alone: what comes of the steps is another check's."""
    losses = numbers(losses, what="the losses")
    assert_close(losses.reshape(losses.shape or (1,))[:1], expected, what="the loss of the first step")


@criterion("overfit.batch.outcome")
@given(seed=seeds)
@settings(max_examples=2)
def test_all_of_the_batch_is_classified_rightly_in_the_end(submission, seed):
    """Train until all samples of the first batch are classified rightly.

    Catches: too few steps, a step that is not taken, gradients that add up, steps uphill, parameters left frozen.
    """
    network, data, optimizer = wide(seed), elevens(seed), Made("SGD", {"lr": 0.3})
    model, (inputs, targets, losses) = overfit(submission, network, data, optimizer, 400)
    assert_close(inputs, tensor(data.inputs[:BATCH]), what="the inputs returned")
    assert_close(targets, tensor(data.targets[:BATCH]), what="the targets returned")
    assert_losses(losses, overfitted(network, data, optimizer, 400), 400)
    scores = tensor_numbers(model(tensor(data.inputs[:BATCH])), what="the model's scores")
    if scores.shape != (BATCH, 3) or not (scores.argmax(axis=1) == data.targets[:BATCH]).all():
        fail("samples of the batch are classified wrongly in the end", f"right are: {scores.argmax(axis=-1)!r:.200}")


def one_is_hard(seed, size=300):
    """Return a batch of `size` samples, of which one is learnt long after the others, and a network for it.

    It has the first feature of the other class, ten times as small, and a feature of its own.
    """
    random = np.random.default_rng(seed)
    classes = random.permutation(np.arange(size) % 2)
    inputs = np.zeros((size, 2))
    inputs[:, 0] = (2 * classes - 1) * random.uniform(2, 4, size)
    inputs[size - 3] = -0.4 * (2 * classes[size - 3] - 1), 1.5
    weight = {"weight": np.array([[0.1, 0.0], [-0.1, 0.0]])}
    fc = Layer("Linear", {"in_features": 2, "out_features": 2, "bias": False}, weight)
    others = np.repeat(inputs[:1], 8, axis=0), np.repeat(classes[:1], 8)
    parts = (np.concatenate(each) for each in zip((inputs, classes), others, strict=True))
    return Network({"fc": fc}), Batches(*parts, size, listed=True)


@criterion("overfit.batch.outcome")
@given(seed=seeds)
@settings(max_examples=1)
def test_nearly_all_is_not_all(submission, seed):
    """Go on while one sample of 300 is wrong, and end when it is right though many more steps are allowed.

    Catches: an end where 90, 99 or 99.5 per cent are right, or where the loss is small; all steps that are allowed;
    some of a large batch.
    """
    network, data = one_is_hard(seed)
    optimizer = Made("SGD", {"lr": 1.0})
    _, (inputs, targets, losses) = overfit(submission, network, data, optimizer, MANY)
    assert_close(inputs, tensor(data.inputs[:300]), what="the inputs returned")
    assert_close(targets, tensor(data.targets[:300]), what="the targets returned")
    expected = overfitted(network, data, optimizer, MANY)
    assert_losses(losses, expected, MANY)
    if len(losses) > len(expected) + SELDOM:
        fail("training goes on after all samples are right", f"needed are {len(expected)} steps, got {len(losses)}")


@criterion("overfit.batch.outcome")
def test_nothing_is_left_to_do_where_all_is_right(submission):
    """End where all samples are right, though the loss is still large.

    Catches: training until the loss is small, or as long as it falls; all steps that are allowed.
    """
    data = Batches(0.01 * np.eye(5), np.arange(5), 5)
    _, (_, _, losses) = overfit(submission, identity(), data, Made("SGD", {"lr": 1e-4}), MANY)
    steps = numbers(losses, what="the losses").size
    if steps > SELDOM:
        fail("training goes on after all samples are right", f"needed is no step, got {steps} losses")


@criterion("overfit.batch.outcome")
def test_as_many_steps_are_taken_as_are_needed(submission):
    """Go on for more than a thousand steps where so many are needed.

    Catches: a greatest number of steps below the one that is allowed, an end where the loss hardly falls any more.
    """
    network, data = one_is_hard(3, size=60)
    optimizer = Made("SGD", {"lr": 0.01})
    _, (_, _, losses) = overfit(submission, network, data, optimizer, 2000)
    assert_losses(losses, overfitted(network, data, optimizer, 2000), 2000)


@criterion("overfit.batch.outcome")
@given(seed=seeds)
@settings(max_examples=1)
def test_the_batch_is_moved_to_where_the_model_is(submission, seed):
    """Train on a batch that lies on another device than the model's parameters.

    Catches: inputs or targets that are not moved.
    """
    data = elevens(seed)
    elsewhere = Batches(data.inputs, data.targets, BATCH, elsewhere=True)
    network, optimizer = wide(seed), Made("SGD", {"lr": 0.3})
    _, (_, _, losses) = overfit(submission, network, elsewhere, optimizer, 400)
    assert_first(losses, overfitted(network, data, optimizer, 1))


@criterion("overfit.batch.same")
@given(seed=seeds)
@settings(max_examples=1)
def test_each_step_is_computed_from_the_same_inputs(submission, seed):
    """Give the model the whole first batch, unchanged, at each step.

    Catches: steps in evaluation mode once the accuracy has been looked at, or from some step on, a new batch each time,
    the loader's first one taken anew where that is another each time, all of the loader, inputs that are shuffled,
    augmented or single.
    """
    network, data, optimizer = wide(seed), elevens(seed), Made("SGD", {"lr": 0.1})
    model, (_, _, losses) = overfit(submission, network, data, optimizer, 400)
    assert_first(losses, overfitted(network, data, optimizer, 1))
    # Whoever looks at the accuracy in evaluation mode may do so with gradients too, and at a sample at a time.
    calls = [(count, mean) for training, gradients, count, mean in seen(model) if gradients and training]
    steps = numbers(losses, what="the losses").size
    if len(calls) < steps:
        told = f"{steps} losses, but {len(calls)} passes in training mode with gradients"
        fail("there are more steps than passes of the model in training mode", told)
    mean = data.inputs[:BATCH].mean()
    if any(count != BATCH or abs(got - mean) > 1e-6 for count, got in calls):
        fail("the model does not get the same inputs each time", f"(samples, mean): {calls[:8]!r}")


@criterion("overfit.batch.same")
@given(seed=seeds)
@settings(max_examples=1)
def test_each_step_is_computed_in_training_mode(submission, seed):
    """Compute the first step's loss in training mode, whatever mode the model is in when the accuracy is looked at.

    Catches: evaluation mode.
    """
    network, data, optimizer = tiny(seed), batches(seed, 8, 8), Made("SGD", {"lr": 0.1})
    _, (_, _, losses) = overfit(submission, network, data, optimizer, 400)
    assert_first(losses, overfitted(network, data, optimizer, 1))


@criterion("overfit.batch.bounded")
@given(seed=seeds)
@settings(max_examples=1)
def test_no_more_steps_are_taken_than_allowed(submission, seed):
    """Stop after three steps where no more are allowed, whatever is still wrong.

    Catches: a step too many or too few, training without an end.
    """
    network, data, optimizer = wide(seed), elevens(seed), Made("SGD", {"lr": 0.01})
    _, (_, _, losses) = overfit(submission, network, data, optimizer, 3)
    assert_close(losses, overfitted(network, data, optimizer, 3), what="the losses of three steps")


@criterion("overfit.batch.bounded")
@given(seed=seeds)
@settings(max_examples=1)
def test_a_single_step_is_taken_where_one_is_allowed(submission, seed):
    """Take one step where no more is allowed, and return its loss.

    Catches: a step too many or too few, training without an end.
    """
    network, data, optimizer = wide(seed), elevens(seed), Made("SGD", {"lr": 0.01})
    _, (_, _, losses) = overfit(submission, network, data, optimizer, 1)
    assert_close(losses, overfitted(network, data, optimizer, 1), what="the loss of one step")
