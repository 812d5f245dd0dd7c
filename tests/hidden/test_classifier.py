"""Hidden checks of dropout and of the network: by laws of chance, and against the same layers built here."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, assert_close, criterion, fail, spread, tensor
from grader.checks.closeness import tensor_numbers
from grader.checks.training import give_weights, student_object

seeds = st.integers(0, 9)
SIDE = 8


@criterion("classifier.dropout.training")
@given(seed=seeds, p=st.sampled_from([0.2, 0.6]))
@settings(max_examples=3)
def test_entries_are_dropped_one_by_one_and_scaled(submission, seed, p):
    """Return each entry as 0 or divided by 1 - p, drawn anew in each call, each entry by itself.

    Catches: no scaling, a scale of p or 1 - p, p for what is kept, one mask for all rows or calls.
    """
    x = spread((30, 2, 40), seed)
    first, second = (
        tensor_numbers(submission.dropout(tensor(x), p, True), what="what dropout returns") for _ in range(2)
    )
    for got in (first, second):
        if got.shape != x.shape:
            fail("what dropout returns has another shape", f"expected {x.shape}, got {got.shape}")
        assert_close(got, np.where(got == 0, 0, x / (1 - p)), what="what dropout returns")
    masks = np.array([first == 0, second == 0])
    # The standard deviation of a share of 2400 entries is 0.01, that of one in two calls less.
    if abs(masks.mean() - p) > 0.05 or abs((masks[0] & masks[1]).mean() - p * p) > 0.05:
        fail("entries are not dropped with probability p, anew in each call", f"p = {p}: share {masks.mean():.3g}")
    pairs = [(masks[:, 1:], masks[:, :-1]), (masks[:, :, 1:], masks[:, :, :-1]), (masks[..., 1:], masks[..., :-1])]
    if any(abs((one & other).mean() - p * p) > 0.06 for one, other in pairs):
        fail("entries are not dropped each by itself: neighbours are dropped together")


@criterion("classifier.dropout.evaluation")
@given(seed=seeds, p=st.sampled_from([0.2, 0.6]))
@settings(max_examples=2)
def test_evaluation_changes_nothing(submission, seed, p):
    """Return x as it is where it is not training.

    Catches: dropping or scaling in evaluation.
    """
    x = spread((3, 2, 4), seed)
    assert_close(submission.dropout(tensor(x), p, False), tensor(x), what="what dropout returns in evaluation")


def network(seed, depth, width, batch_norm, pooling, side=SIDE):
    """Return the layers up to the ten outputs, with weights."""
    layers: dict[str, Layer] = {}
    channels, stride = 3, 2 if pooling == "stride" else 1
    for k in range(depth):
        conv = {"in_channels": channels, "out_channels": width, "kernel_size": 3, "padding": 1, "stride": stride}
        weights = {"weight": spread((width, channels, 3, 3), seed + k) / 3, "bias": spread((width,), seed + k + 20)}
        layers[f"conv{k}"] = Layer("Conv2d", conv, weights)
        if batch_norm:
            state = {name: spread((width,), seed + k + n, 0.5, 1.5) for n, name in
                     enumerate(("weight", "bias", "running_mean"), 30)}  # fmt: skip
            state["running_var"] = np.abs(spread((width,), seed + k + 40, 0.5, 1.5))
            layers[f"norm{k}"] = Layer("BatchNorm2d", {"num_features": width}, state)
        layers[f"relu{k}"] = Layer("ReLU")
        if pooling != "stride":
            layers[f"pool{k}"] = Layer("MaxPool2d" if pooling == "max" else "AvgPool2d", {"kernel_size": 2})
        channels = width
    features = width * (side // 2**depth) ** 2
    dense = {"weight": spread((10, features), seed + 50) / 2, "bias": spread((10,), seed + 51)}
    layers |= {"flatten": Layer("Flatten"), "fc": Layer("Linear", {"in_features": features, "out_features": 10}, dense)}
    return Network(layers)


def both(submission, seed, arguments, dropout=0.0, output="none"):
    """Return the student's network with given weights, and the same up to its outputs, made here."""
    depth, width, batch_norm, pooling = arguments
    made = submission.Classifier(depth, width, batch_norm, dropout, pooling, output, SIDE)
    model = student_object(made, what="Classifier")
    layers = network(seed, *arguments)
    give_weights(model, layers, what="Classifier")
    return model, layers.module().double()


def answer(module, images):
    import torch

    with torch.no_grad():
        return np.asarray(module(torch.from_numpy(images)))


@criterion("classifier.network.blocks")
@given(
    seed=seeds,
    shape=st.sampled_from([(1, 3), (2, 2), (3, 2)]),
    batch_norm=st.booleans(),
    pooling=st.sampled_from(["max", "average", "stride"]),
)
@settings(max_examples=8)
def test_the_blocks_are_those_asked_for(submission, seed, shape, batch_norm, pooling):
    """Compute what these layers compute, in evaluation and in training, whatever depth, width and pooling.

    Catches: a depth, a pooling or batch normalisation that is ignored, other kernels, ReLU at another place.
    """
    model, here = both(submission, seed, (*shape, batch_norm, pooling))
    images = spread((3, 3, SIDE, SIDE), seed)
    for mode in ("eval", "train"):
        getattr(model, mode)()
        getattr(here, mode)()
        assert_close(model(tensor(images)), tensor(answer(here, images)), what=f"what it returns in mode {mode}")


@criterion("classifier.network.blocks")
@given(seed=seeds, pooling=st.sampled_from(["max", "average", "stride"]))
@settings(max_examples=3)
def test_each_way_of_pooling(submission, seed, pooling):
    """Pool as is asked for, with batch normalisation before it.

    Catches: one way of pooling taken for another.
    """
    model, here = both(submission, seed, (2, 2, True, pooling))
    images = spread((2, 3, SIDE, SIDE), seed)
    model.eval()
    assert_close(model(tensor(images)), tensor(answer(here.eval(), images)), what="what the network returns")


@criterion("classifier.network.blocks")
def test_what_is_not_said_is_as_in_the_signature(submission):
    """Make two blocks of 16 channels with max pooling, for images of 32×32, where nothing else is asked for.

    Catches: other defaults.
    """
    model = student_object(submission.Classifier(), what="Classifier")
    layers = network(1, 2, 16, False, "max", side=32)
    give_weights(model, layers, what="Classifier()")
    images = spread((1, 3, 32, 32), 1)
    expected = answer(layers.module().double(), images)
    assert_close(model(tensor(images)), tensor(expected), what="what the network returns")


@criterion("classifier.network.head")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_outputs_are_activated(submission, seed):
    """Return softmax over the classes, the sigmoid of each output, or the outputs themselves.

    Catches: softmax over the batch, softmax and sigmoid exchanged, an activation that is ignored.
    """
    images = spread((3, 3, SIDE, SIDE), seed)
    for output in ("none", "softmax", "sigmoid"):
        model, here = both(submission, seed, (1, 2, False, "max"), output=output)
        scores = answer(here, images)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        expected = {
            "none": scores, "softmax": powers / powers.sum(axis=1, keepdims=True), "sigmoid": 1 / (1 + np.exp(-scores)),
        }[output]  # fmt: skip
        assert_close(model(tensor(images)), tensor(expected), what=f"what the network returns with output {output!r}")


@criterion("classifier.network.head")
@given(seed=seeds)
@settings(max_examples=1)
def test_dropout_is_on_in_training_alone(submission, seed):
    """Drop features in training mode only, and so that what is expected of the outputs is what they were.

    Catches: dropout in evaluation, no dropout, outputs or pixels dropped, entries that are not scaled.
    """
    model, here = both(submission, seed, (1, 2, False, "max"), dropout=0.5)
    image = spread((1, 3, SIDE, SIDE), seed)
    images = np.repeat(image, 1500, axis=0)
    scores = answer(here, image)
    model.eval()
    assert_close(model(tensor(image)), tensor(scores), what="what the network returns in evaluation")
    model.train()
    got = tensor_numbers(model(tensor(images)), what="what the network returns in training")
    if got.shape != (1500, 10) or np.ptp(got, axis=0).min() == 0:
        fail("nothing is dropped in training mode")
    off = got.mean(axis=0) - scores[0]
    error = got.std(axis=0) / np.sqrt(1500)
    if (np.abs(off) > 6 * error).any():
        fail("the outputs in training are not on average those in evaluation: what is kept is not scaled rightly")
    if (got == 0).any():
        fail("outputs are dropped; drop of the features before the dense layer")
