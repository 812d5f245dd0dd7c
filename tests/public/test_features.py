"""Public checks of a network's features: a network that one can follow."""

import numpy as np

from grader.checks import assert_close, criterion, fail, numbers

# A network that one can follow: pooling takes a corner, convolutions add up channels and the bias.
LAYERS = {
    "conv_forward": lambda x, w, b: np.sum(x, axis=1, keepdims=True) + np.reshape(b, (1, -1, 1, 1)),
    "relu_forward": lambda x: np.maximum(x, 0),
    "pool_forward": lambda x: np.asarray(x)[:, :, ::2, ::2],
    "flatten_forward": lambda x: np.reshape(x, (len(x), -1)),
    "linear_forward": lambda x, w, b: np.asarray(x)[:, : len(b)] + b,
}
SHAPES = {
    "w1": (4, 1, 5, 5), "b1": (4,), "w2": (4, 4, 5, 5), "b2": (4,),
    "w3": (49, 196), "b3": (49,), "w4": (10, 49), "b4": (10,),
}  # fmt: skip
PARAMETERS = {name: np.zeros(shape) for name, shape in SHAPES.items()}
PARAMETERS |= {"b1": np.array([1.0, 2.0, 3.0, -9.0]), "b2": np.array([10.0, 20.0, -30.0, 40.0])}


@criterion("features.maps.values")
def test_toy_maps_are_those_of_both_layers(submission):
    """Return maps of x + 1, x + 2, x + 3 and x − 9, and of their sum plus 10, 20, −30 and 40; or these after ReLU.

    Catches: pooled maps, maps of one layer, a second layer without the first one's ReLU or pooling.
    """
    x = np.arange(784.0).reshape(28, 28) / 784
    first = x + PARAMETERS["b1"][:, None, None]
    second = np.maximum(first, 0)[:, ::2, ::2].sum(axis=0) + PARAMETERS["b2"][:, None, None]
    got = submission.activation_maps(PARAMETERS, x, LAYERS)
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("activation_maps does not return a pair", f"got: {got!r:.300}")
    for number, maps, expected in zip((1, 2), got, (first, second), strict=True):
        values = numbers(maps, what=f"the maps of layer {number}")
        before = values.shape == expected.shape and values.min() < 0
        right = expected if before else np.maximum(expected, 0)
        assert_close(values, right, what=f"the maps of layer {number}")


@criterion("features.bottleneck.values")
def test_toy_features_are_those_of_the_bottleneck(submission):
    """Return, for an image of k everywhere, 49 times 3k + 16; or four times 49 numbers of the layer before.

    Catches: logits, pixels, another layer, a layer without its ReLU.
    """
    k = np.array([[1.0], [2.0], [3.0]])
    before = [3 * k + 16, 3 * k + 26, 0 * k, 3 * k + 46]
    got = numbers(submission.bottleneck(PARAMETERS, np.ones((3, 1, 28, 28)) * k[..., None, None], LAYERS), what="it")
    expected = np.repeat(before if got.shape == (3, 196) else before[:1], 49, axis=0)[..., 0].T
    assert_close(got, expected, what="the features")
