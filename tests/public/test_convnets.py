"""Public checks of the networks of homework 2: shapes, numbers of parameters, and what a block of zeros does.

What hidden checks ask besides: what the networks compute with given weights, and that all of them learn.
"""

import numpy as np

from grader.checks import Layer, Network, assert_close, criterion, fail, spread, tensor
from grader.checks.comparing.closeness import plain, tensor_numbers
from grader.checks.networks.training import assert_bends, give_weights, scatter, student_object

IMAGES = spread((2, 3, 32, 32), 1).astype(np.float32)


def assert_scores(model, classes, what):
    scatter(student_object(model, what=what), 1)
    scores = tensor_numbers(model(tensor(IMAGES)), what="the scores")
    if scores.shape != (2, classes):
        fail(f"the scores of {what} have the wrong shape", f"expected {(2, classes)}, got {scores.shape}")


def parameters(model):
    state = Network.state_of(model)
    return sum(plain(state["values"][name]).size for name in state["trainable"])


@criterion("shallow.module.function")
def test_shallow_net_counts_its_parameters(submission):
    """Have 3072·64 + 64 + 64·10 + 10 parameters and give ten scores, of either sign.

    Catches: a layer too many, no bias, a ReLU or a softmax after the scores.
    """
    model = submission.ShallowNet()
    assert_scores(model, 10, "ShallowNet()")
    assert_close(parameters(model), 3072 * 64 + 64 + 64 * 10 + 10, what="the number of parameters")
    assert_both_signs(model)


def assert_both_signs(model):
    """Scores are of either sign with weights of either sign: no ReLU, no softmax."""
    if not (tensor_numbers(model(tensor(IMAGES)), what="the scores") < 0).any():
        fail("no score is negative: scores come straight from the last layer")


@criterion("shallow.module.gradients")
def test_shallow_net_shows_its_layers(submission):
    """Have four parameters: two weights and two biases.

    Catches: layers that are no attributes of the module.
    """
    model = submission.ShallowNet(12, 5, 3)
    shapes = sorted(plain(value).shape for value in Network.state_of(model)["values"].values())
    if shapes != [(3,), (3, 5), (5,), (5, 12)]:
        fail("the parameters have the wrong shapes", f"got {shapes}")


@criterion("convnet.model.function")
def test_conv_net_counts_its_parameters(submission):
    """Have as many parameters as can be counted: 9 weights for each pair of channels, biases, 1024·10 + 10.

    Catches: a convolution of another size, a missing bias, another linear layer.
    """
    model = submission.ConvNet()
    assert_scores(model, 10, "ConvNet()")
    count = 9 * (3 * 16 + 16 * 32 + 32 * 64) + 16 + 32 + 64 + 1024 * 10 + 10
    assert_close(parameters(model), count, what="the number of parameters")
    assert_both_signs(model)


@criterion("convnet.model.function")
def test_what_is_less_than_0_ends_at_the_relu(submission):
    """Return the linear layer's biases where the convolution makes -1 of everything.

    Catches: no ReLU.
    """
    model = student_object(submission.ConvNet((2,), 3, 4), what="ConvNet((2,), 3, 4)")
    give_weights(model, Network(layers(np.zeros((2, 3, 3, 3)), -np.ones(2))), what="ConvNet")
    assert_nothing_passes(model)


@criterion("convnet.model.gradients")
def test_conv_net_has_a_block_for_each_entry(submission):
    """Have two convolutions for two entries of channels, and one linear layer.

    Catches: as many blocks for any number of channels.
    """
    shapes = [plain(value).shape for value in Network.state_of(submission.ConvNet((4, 5), 3, 8))["values"].values()]
    if sorted(shapes) != sorted([(4, 3, 3, 3), (4,), (5, 4, 3, 3), (5,), (3, 20), (3,)]):
        fail("the parameters have the wrong shapes", f"got {shapes}")


@criterion("convnet.normalised.evaluation")
def test_the_normalised_net_has_two_parameters_more_for_each_channel(submission):
    """Have a scale and a shift for each of 112 channels besides, with or without the convolutions' biases.

    Catches: a block without normalisation.
    """
    model = submission.ConvNetBN()
    assert_scores(model, 10, "ConvNetBN()")
    count = 9 * (3 * 16 + 16 * 32 + 32 * 64) + 2 * 112 + 1024 * 10 + 10
    if parameters(model) not in (count, count + 112):
        fail("the number of parameters is wrong", f"expected {count} or {count + 112}, got {parameters(model)}")


@criterion("convnet.normalised.evaluation")
def test_what_is_normalised_to_less_than_0_ends_at_the_relu(submission):
    """Return the linear layer's biases where normalisation makes -1 of everything.

    Catches: normalisation after the ReLU, no ReLU.
    """
    zeros = np.zeros(2)
    statistics = {"running_mean": zeros, "running_var": zeros + 1, "num_batches_tracked": np.array(0)}
    norm = Layer("BatchNorm2d", {"num_features": 2}, {"weight": zeros, "bias": zeros - 1, **statistics})
    model = student_object(submission.ConvNetBN((2,), 3, 4), what="ConvNetBN((2,), 3, 4)")
    give_weights(model, Network({**layers(spread((2, 3, 3, 3), 2), zeros), "norm": norm}), what="ConvNetBN")
    assert_nothing_passes(model)


BIASES = np.array([0.5, -1.0, 2.0])


def layers(weight, bias):
    """Return the layers of one block and the linear one, with these weights of the convolution, in no order."""
    convolution = {"in_channels": 3, "out_channels": 2, "kernel_size": 3, "padding": 1}
    dense = {"weight": spread((3, 8), 1), "bias": BIASES}
    return {
        "linear": Layer("Linear", {"in_features": 8, "out_features": 3}, dense),
        "convolution": Layer("Conv2d", convolution, {"weight": weight, "bias": bias}),
    }


def assert_nothing_passes(model):
    """Fail unless the scores are the linear layer's biases, as where everything ends at the ReLU."""
    model.eval()
    got = model(tensor(spread((2, 3, 4, 4), 3)))
    assert_close(got, tensor(np.array([BIASES, BIASES])), what="the scores where nothing passes the ReLU")


@criterion("convnet.normalised.training")
def test_the_normalised_net_differs_between_modes(submission):
    """Give other scores in training mode, where the batch's own statistics are taken, than in evaluation.

    Catches: no batch normalisation, one that does not follow the mode.
    """
    model = student_object(submission.ConvNetBN((3, 4), 3, 32), what="ConvNetBN(…)")
    scatter(model, 1)
    training = tensor_numbers(model(tensor(IMAGES)), what="the scores")
    model.eval()
    evaluation = tensor_numbers(model(tensor(IMAGES)), what="the scores")
    if training.shape != evaluation.shape or np.allclose(training, evaluation, rtol=1e-3):
        fail("the scores are the same in training mode and in evaluation mode")


@criterion("residual.block.identity")
def test_a_block_of_zeros_returns_its_input(submission):
    """Return x, or ReLU(x), where all parameters are 0.

    Catches: no sum, a convolution on the way past.
    """
    model = student_object(submission.ResidualBlock(2, 2), what="ResidualBlock(2, 2)")
    model.double()
    x = spread((1, 2, 4, 5), 3)
    scatter(model, 1)
    other = tensor_numbers(model(tensor(x)), what="the result")
    scatter(model, None)
    got = tensor_numbers(model(tensor(x)), what="the result")
    same = got.shape == x.shape and np.allclose(got, x)
    assert_close(tensor(np.asarray(got)), tensor(x if same else x.clip(0)), what="the result of a block of zeros")
    if np.array_equal(other, got):
        fail("the result of a block does not depend on its parameters")


@criterion("residual.block.shapes")
def test_a_block_with_a_stride_halves_the_image(submission):
    """Return (2, 5, 4, 5) for an input (2, 3, 8, 10), with five channels out and a stride of 2.

    Catches: a sum of unlike shapes, a stride that is left out.
    """
    model = student_object(submission.ResidualBlock(3, 5, 2), what="ResidualBlock(3, 5, 2)")
    scatter(model, 1)
    got = tensor_numbers(model(tensor(np.ones((2, 3, 8, 10), np.float32))), what="the result")
    if got.shape != (2, 5, 4, 5):
        fail("the result has the wrong shape", f"expected (2, 5, 4, 5), got {got.shape}")


@criterion("residual.block.shapes")
def test_a_block_that_changes_its_shape_has_a_convolution_past_the_branch(submission):
    """Have one convolution of 1×1 where channels change, and where only the stride does.

    Catches: an input that is cropped, pooled or subsampled, a convolution of 3×3 on its way.
    """
    for inputs, outputs, stride in ((3, 5, 2), (3, 5, 1), (4, 4, 2)):
        block = student_object(submission.ResidualBlock(inputs, outputs, stride), what="ResidualBlock(…)")
        shapes = convolutions(block)
        if shapes.count((outputs, inputs, 1, 1)) != 1:
            fail("there is not one convolution of 1×1", f"in ResidualBlock({inputs}, {outputs}, {stride}): {shapes}")


@criterion("residual.block.branch")
def test_a_block_has_two_convolutions(submission):
    """Have two convolutions of 3×3 in a block that keeps its shape, none of 1×1, and a ReLU between them.

    Catches: one convolution, a convolution on the way past where the shape stays, no ReLU between the two.
    """
    block = student_object(submission.ResidualBlock(4, 4), what="ResidualBlock(4, 4)")
    shapes = convolutions(block)
    if shapes != [(4, 4, 3, 3), (4, 4, 3, 3)]:
        fail("the convolutions have the wrong shapes", f"expected two of (4, 4, 3, 3), got {shapes}")
    assert_bends(block, 4, 1)


def convolutions(block):
    """Return the shapes of the weights of a block's convolutions."""
    values = Network.state_of(block)["values"]
    return [plain(value).shape for value in values.values() if plain(value).ndim == 4]
