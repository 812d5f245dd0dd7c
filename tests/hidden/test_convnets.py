"""Hidden checks of the networks of homework 2 but the residual block: by what they compute with weights of the check's.

Weights go to the layers by kind, shape and order; what the network then answers is compared with one that is built
here. With batch normalisation that one has none: its convolutions have taken it in (they were folded). All is in double
precision.
"""

from itertools import permutations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, assert_close, criterion, fail, spread, tensor
from grader.checks.comparing.closeness import plain, tensor_numbers
from grader.checks.networks.training import (  # fmt: skip
    assert_all_learn,
    assert_pass_leaves,
    give_weights,
    gradients,
    scatter,
    student_object,
)

seeds = st.integers(0, 2**16)
CHANNELS = st.sampled_from([(2, 3), (3, 2, 4), (4,)])
# The sides of what the last block returns, so that the linear layer is not always of one size.
LEFT = {1: 3, 2: 2, 3: 1, 4: 2}


def linear(random, inputs, outputs):
    weights = {"weight": random.normal(size=(outputs, inputs)), "bias": random.normal(size=outputs)}
    return Layer("Linear", {"in_features": inputs, "out_features": outputs}, weights)


def convolution(inputs, weight, bias):
    arguments = {"in_channels": inputs, "out_channels": len(weight), "kernel_size": 3, "padding": 1}
    return Layer("Conv2d", arguments, {"weight": weight, "bias": bias})


def unusual(shape, seed):
    """Yield images that a network is seldom asked about: far ones, zeros, and equal pixels."""
    yield from (300 * spread(shape, seed), np.zeros(shape), np.full(shape, 1.5))


def shallow(seed, inputs, hidden, classes):
    random = np.random.default_rng(seed)
    children = {
        "flatten": Layer("Flatten"), "first": linear(random, inputs, hidden),
        "relu": Layer("ReLU"), "second": linear(random, hidden, classes),
    }  # fmt: skip
    return Network(children)


def convolutional(seed, channels, classes, side, norm=""):
    """Return a network of blocks; with norm ``"layer"`` normalised, with ``"folded"`` the same, for evaluation only."""
    random, children, inputs = np.random.default_rng(seed), {}, 3
    for number, outputs in enumerate(channels):
        weight, bias = random.normal(size=(outputs, inputs, 3, 3)) / 3, random.normal(size=outputs)
        gain, shift, mean = (
            random.uniform(0.5, 1.5, outputs) * random.choice([-1, 1], outputs),
            *random.normal(size=(2, outputs)) * 0.5,
        )
        variance = random.uniform(0.5, 2, outputs)
        if norm:
            bias = bias * 0
        if norm == "folded":
            scale = gain / np.sqrt(variance + 1e-5)
            weight, bias = weight * scale[:, None, None, None], shift - mean * scale
        children[f"conv{number}"] = convolution(inputs, weight, bias)
        if norm == "layer":
            values = {
                "weight": gain, "bias": shift, "running_mean": mean, "running_var": variance,
                "num_batches_tracked": np.array(3),
            }  # fmt: skip
            children[f"norm{number}"] = Layer("BatchNorm2d", {"num_features": outputs}, values)
        children[f"relu{number}"] = Layer("ReLU")
        children[f"pool{number}"] = Layer("MaxPool2d", {"kernel_size": 2})
        inputs = outputs
    children["flatten"] = Layer("Flatten")
    children["fc"] = linear(random, inputs * (side // 2 ** len(channels)) ** 2, classes)
    return Network(children)


def assert_answers(model, network, images, *, training=False, flattened=True):
    """Fail unless a model scores images as a network that is built here.

    Without `flattened` the order in which the linear layer takes channels and places is left open: another order is
    another order of its weights.
    """
    import torch

    right, *others = (each.module().train(training) for each in ([network] if flattened else in_all_orders(network)))
    model.train(training)
    got = model(tensor(images))
    with torch.no_grad():
        expected, *ways = (each(torch.from_numpy(images)) for each in (right, *others))
    if ways:
        array = tensor_numbers(got, what="the scores")
        same = (each for each in ways if array.shape == each.shape and np.allclose(array, each))
        expected = next(same, expected)
    assert_close(got, expected, what="the scores")
    return right


def in_all_orders(network):
    """Return the network, and those whose linear layer, with the same weights, takes channels and places otherwise."""
    fc = network.children["fc"]
    last = [each.arguments["out_channels"] for each in network.children.values() if each.kind == "Conv2d"][-1]
    side, weight = round((fc.arguments["in_features"] / last) ** 0.5), fc.weights["weight"]
    networks = []
    for order in permutations(range(3)):
        turned = weight.reshape(-1, *np.take((last, side, side), order)).transpose(0, *(1 + np.argsort(order)))
        weights = {**fc.weights, "weight": turned.reshape(weight.shape)}
        networks.append(Network({**network.children, "fc": Layer(fc.kind, fc.arguments, weights)}))
    return networks


@criterion("shallow.module.function")
@given(seed=seeds, sizes=st.tuples(st.integers(2, 5), st.integers(3, 6), st.integers(2, 4)))
@settings(max_examples=2)
def test_shallow_net_is_the_sequential_model(submission, seed, sizes):
    """Return the scores that nn.Sequential returns with the same weights, for any sizes.

    Catches: no ReLU, one after the scores too, a softmax, another activation, layers too many or too few, large
    scores clipped, classes for samples, a mode that does not stay as it is.
    """
    side, hidden, classes = sizes
    model = student_object(submission.ShallowNet(3 * side * 4, hidden, classes), what="ShallowNet(…)")
    network = shallow(seed, 3 * side * 4, hidden, classes)
    give_weights(model, network, what="ShallowNet")
    for images in (*unusual((classes, 3, side, 4), seed), spread((classes, 3, side, 4), seed)):
        assert_answers(model, network, images)
    assert_answers(model, network, spread((1, 3, side, 4), seed), training=True)
    assert_pass_leaves(model, tensor(spread((2, 3, side, 4), seed)), what="ShallowNet")


@criterion("shallow.module.function")
@given(seed=seeds)
@settings(max_examples=1)
def test_shallow_net_of_any_size(submission, seed):
    """Take a hundred hidden units, a dozen classes and 150 images as well as few, and layers of equal sizes.

    Catches: sizes that are cut off or written down, ten samples at most, layers made in another order, or shared by two
    networks.
    """
    for hidden in (100, 12):
        model, other = (student_object(submission.ShallowNet(12, hidden, 12), what="ShallowNet(…)") for _ in range(2))
        network = shallow(seed, 12, hidden, 12)
        give_weights(model, network, what="ShallowNet")
        give_weights(other, shallow(seed + 1, 12, hidden, 12), what="ShallowNet")
        assert_answers(model, network, spread((150, 3, 2, 2), seed))


@criterion("shallow.module.gradients")
@given(seed=seeds)
@settings(max_examples=1)
def test_all_of_shallow_net_learns(submission, seed):
    """Let the gradient of the scores reach all parameters.

    Catches: detach(), numbers in place of tensors, layers that are not registered.
    """
    assert_learns(submission.ShallowNet(12, 5, 3), seed, (4, 3, 2, 2), 4)


def assert_learns(model, seed, shape, parameters, *, classes=3):
    """Fail unless all parameters get a gradient, with weights of the check's, in evaluation mode."""
    model = student_object(model, what="the model")
    scatter(model, seed)
    model.double()
    model.eval()
    images = tensor(spread(shape, seed))
    scores = tensor_numbers(model(images), what="the scores")
    if scores.shape != (shape[0], classes):
        fail("the scores have the wrong shape", f"expected {(shape[0], classes)}, got {scores.shape}")
    assert_all_learn(model, images, tensor(spread((shape[0], classes), seed + 1)), what="the model")
    if len(Network.state_of(model)["trainable"]) < parameters:
        fail("the model has too few parameters: layers are kept in a list of Python's, or are not attributes")


@criterion("convnet.model.function")
@given(seed=seeds, channels=CHANNELS, classes=st.integers(2, 5))
@settings(max_examples=3)
def test_conv_net_is_made_of_the_blocks_asked_for(submission, seed, channels, classes):
    """Return the scores of convolution, ReLU and pooling, block by block, and a linear layer.

    Catches: no padding, no ReLU, a ReLU or a softmax after the scores, pooling left out or of means, a linear layer
    too many, channels left out, large scores clipped, a mode that does not stay as it is.
    """
    assert_blocks(submission, seed, channels, classes)


@criterion("convnet.model.function")
def test_conv_net_has_as_many_blocks_as_entries(submission):
    """Make a block for each entry of `channels`, be they four, or one of many, for many classes and images.

    Catches: three blocks at most, channels or classes that are cut off, sizes of the linear layer that are written
    down.
    """
    assert_blocks(submission, 5, [2, 1, 3, 2], 3)
    assert_blocks(submission, 6, [70], 20)


def assert_blocks(submission, seed, channels, classes):
    """Fail unless the network answers as one of these blocks, for a batch and a single image, in either mode.

    It does so though another network of the same sizes has other weights.
    """
    side = 2 ** len(channels) * LEFT[len(channels)]
    model, other = (student_object(submission.ConvNet(channels, classes, side), what="ConvNet(…)") for _ in range(2))
    network = convolutional(seed, channels, classes, side)
    give_weights(model, network, what="ConvNet")
    give_weights(other, convolutional(seed + 1, channels, classes, side), what="ConvNet")
    for images in (*unusual((classes, 3, side, side), seed), spread((classes, 3, side, side), seed)):
        assert_answers(model, network, images, flattened=False)
    assert_answers(model, network, spread((1, 3, side, side), seed), training=True, flattened=False)
    assert_pass_leaves(model, tensor(spread((2, 3, side, side), seed)), what="ConvNet")


@criterion("convnet.model.gradients")
@given(seed=seeds)
@settings(max_examples=1)
def test_all_of_conv_net_learns(submission, seed):
    """Let the gradient of the scores reach all parameters.

    Catches: detach(), also in deeper networks alone, layers kept in a list that is no nn.ModuleList.
    """
    assert_learns(submission.ConvNet((3, 4), 3, 8), seed, (4, 3, 8, 8), 6)
    assert_learns(submission.ConvNet((3, 4, 3, 4, 3), 3, 32), seed, (4, 3, 32, 32), 12)


@criterion("convnet.normalised.evaluation")
@given(seed=seeds, channels=CHANNELS)
@example(seed=1, channels=(2, 2))
@example(seed=1, channels=(2, 1, 3, 2))
@settings(max_examples=3)
def test_in_evaluation_it_is_the_folded_network(submission, seed, channels):
    """Return in evaluation mode what convolutions with the normalisation taken into their weights return.

    Catches: normalisation after the ReLU or the pooling, left out in a block, by the batch in either mode, shared by
    blocks of one width or by two networks; a mode that does not stay as it is.
    """
    side = 2 ** len(channels) * LEFT[len(channels)]
    model, other = (student_object(submission.ConvNetBN(channels, 3, side), what="ConvNetBN(…)") for _ in range(2))
    give_weights(model, convolutional(seed, channels, 3, side, "layer"), what="ConvNetBN")
    give_weights(other, convolutional(seed + 1, channels, 3, side, "layer"), what="ConvNetBN")
    folded = convolutional(seed, channels, 3, side, "folded")
    for images in (*unusual((2, 3, side, side), seed), spread((2, 3, side, side), seed)):
        assert_answers(model, folded, images, flattened=False)
    assert_pass_leaves(model, tensor(spread((2, 3, side, side), seed)), what="ConvNetBN", modes=[False])


@criterion("convnet.normalised.training")
@given(seed=seeds, channels=CHANNELS)
@settings(max_examples=2)
def test_in_training_it_normalises_by_the_batch(submission, seed, channels):
    """Normalise by the batch's own means and variances in training mode, and keep running ones.

    Catches: running statistics in training mode too, or for a single image, normalisation at another place, a mode that
    does not stay.
    """
    side = 2 ** len(channels) * 2
    model = student_object(submission.ConvNetBN(channels, 3, side), what="ConvNetBN(…)")
    network = convolutional(seed, channels, 3, side, "layer")
    give_weights(model, network, what="ConvNetBN")
    right = assert_answers(model, network, spread((3, 3, side, side), seed), training=True, flattened=False)
    values = Network.state_of(model)["values"]
    kept = [each for name, each in values.items() if name.endswith(("running_mean", "running_var"))]
    expected = [each for name, each in right.state_dict().items() if name.endswith(("running_mean", "running_var"))]
    if len(kept) != len(expected):
        fail("there are not two running statistics for each block", f"got {sorted(values)!r:.300}")
    for got, statistic in zip(kept, expected, strict=True):
        assert_close(got, statistic, what="a running statistic after a batch")
    assert_pass_leaves(model, tensor(spread((3, 3, side, side), seed)), what="ConvNetBN", modes=[True])
    give_weights(model, network, what="ConvNetBN")
    assert_answers(model, network, spread((1, 3, side, side), seed), training=True, flattened=False)
    for images in unusual((2, 3, side, side), seed):
        assert_answers(model, network, images, training=True, flattened=False)


@criterion("convnet.normalised.gradients")
@given(seed=seeds, channels=CHANNELS)
@settings(max_examples=2)
def test_the_gradient_goes_through_the_batch_s_statistics(submission, seed, channels):
    """Let the gradient take both ways through a normalisation: mean and variance depend on every pixel of the batch.

    With its statistics as constants, what is left of the derivative of a normalised channel is its diagonal. In which
    order the linear layer takes channels and places is left open.

    Catches: statistics that are detached or computed without gradients, the wrong statistics, another place.
    """
    side = 2 ** len(channels) * 2
    images, weights = tensor(spread((3, 3, side, side), seed)), tensor(spread((3, 3), seed + 1))
    model = student_object(submission.ConvNetBN(channels, 3, side), what="ConvNetBN(…)")
    network = convolutional(seed, channels, 3, side, "layer")
    give_weights(model, network, what="ConvNetBN")
    model.train()
    got = convolutions_of(gradients(model, images, weights, what="ConvNetBN"))
    expected, *others = (
        convolutions_of(gradients_here(each.module().train(), images, weights)) for each in in_all_orders(network)
    )
    if len(got) != len(expected):
        fail("there is not one convolution for each block", f"expected {len(expected)}, got {len(got)}")
    for other in others:
        if all(one.shape == right.shape and np.allclose(one, right) for one, right in zip(got, other, strict=True)):
            expected = other
    for number, (one, right) in enumerate(zip(got, expected, strict=True), 1):
        assert_close(one, right, what=f"the gradient by the weights of convolution {number}")


def convolutions_of(found):
    """Return the gradients by convolutions' weights, which alone have four axes, in their order."""
    arrays = (plain(each) for each in found.values() if each is not None)
    return [each for each in arrays if each.ndim == 4]


def gradients_here(model, images, weights):
    import torch

    parameters = dict(model.named_parameters())
    scores = (model(torch.from_numpy(images.array.copy())) * torch.from_numpy(weights.array)).sum()
    return dict(zip(parameters, torch.autograd.grad(scores, list(parameters.values())), strict=True))
