"""Public checks of the network: its parameters, and how its layers are put together, shown with toy layers."""

import numpy as np

from grader.checks import assert_close, criterion, fail, numbers

SHAPES = {
    "w1": (4, 1, 5, 5), "b1": (4,), "w2": (4, 4, 5, 5), "b2": (4,),
    "w3": (49, 196), "b3": (49,), "w4": (10, 49), "b4": (10,),
}  # fmt: skip

# Toys with the shapes of the layers: what they compute is so simple that one can follow it through the network.
TOYS = {
    "conv_forward": lambda x, w, b: np.mean(x, axis=1, keepdims=True) + np.reshape(b, (1, -1, 1, 1)),
    "relu_forward": lambda x: np.add(x, 1),
    "pool_forward": lambda x: np.asarray(x)[:, :, ::2, ::2],
    "flatten_forward": lambda x: np.stack([np.ravel(image) for image in x]),
    "linear_forward": lambda x, w, b: np.mean(x, axis=1, keepdims=True) + b,
    "conv_backward": lambda dy, x, w: (np.ones(np.shape(x)), np.ones(np.shape(w)), np.ones(len(w))),
    "relu_backward": lambda dy, x: np.ones(np.shape(x)),
    "pool_backward": lambda dy, x: np.ones(np.shape(x)),
    "flatten_backward": lambda dy, x: np.ones(np.shape(x)),
    "linear_backward": lambda dy, x, w: (np.ones(np.shape(x)), np.ones(np.shape(w)), np.ones(len(w))),
    "softmax_cross_entropy": lambda logits, one_hot: 1.0,
    "softmax_cross_entropy_gradient": lambda logits, one_hot: np.ones(np.shape(logits)),
}
ONES = {name: np.ones(shape) for name, shape in SHAPES.items()}


def assert_names_and_shapes(got: object, what: str) -> None:
    """Fail unless `got` is a dict of arrays with the names and shapes of the parameters."""
    if not isinstance(got, dict) or got.keys() != SHAPES.keys():
        fail(f"{what}: not a dict of the parameters' names", f"expected {list(SHAPES)}, got {got!r:.300}")
    for name, shape in SHAPES.items():
        if numbers(got[name], what=f"{what}: {name}").shape != shape:
            fail(f"{what}: {name} has the wrong shape", f"expected {shape}, got {np.shape(got[name])}")


@criterion("network.whole.parameters")
def test_the_parameters_have_their_shapes(submission):
    """Return eight arrays of the shapes given, 10 661 numbers in all.

    Catches: shapes of another layout, biases left out.
    """
    assert_names_and_shapes(submission.initial_parameters(1), "the initial parameters")


@criterion("network.whole.logits")
def test_toy_layers_are_put_together(submission):
    """Pass a bright image through toys: means plus bias for convolution and linear, plus 1 for ReLU.

    With all biases 1 each of the four layers adds 1, and each of the three ReLUs does.

    Catches: layers left out, a ReLU after the last layer.
    """
    x = np.ones((2, 1, 28, 28))
    expected = np.full((2, 10), 1.0 + 4 + 3)
    confusions = {
        "A ReLU is missing: one follows each layer but the last.": expected - 1,
        "There is a ReLU too many: none follows the last layer.": expected + 1,
    }
    got = submission.network_logits(ONES, x, TOYS)
    assert_close(got, expected, what="the logits of the toys", confusions=confusions)


@criterion("network.whole.gradient")
def test_every_parameter_has_a_gradient(submission):
    """Return, from toy layers, a dict with a gradient of the right shape for each parameter.

    Catches: parameters left out, gradients of another layer.
    """
    got = submission.network_gradient(ONES, np.ones((2, 1, 28, 28)), np.eye(10)[:2], TOYS)
    assert_names_and_shapes(got, "the gradient")
