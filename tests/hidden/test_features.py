"""Hidden checks of a network's features: activation maps and the bottleneck, for dense random networks."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, fail, in_company, numbers, spread, with_gaps

seeds = st.integers(0, 2**32 - 1)
SHAPES = {
    "w1": (4, 1, 5, 5), "b1": (4,), "w2": (4, 4, 5, 5), "b2": (4,),
    "w3": (49, 196), "b3": (49,), "w4": (10, 49), "b4": (10,),
}  # fmt: skip


def conv_forward(x: object, w: object, b: object) -> np.ndarray:
    kernels = numbers(w, what="kernels")
    around = np.pad(numbers(x, what="x"), ((0, 0), (0, 0), (2, 2), (2, 2)))
    windows = np.lib.stride_tricks.sliding_window_view(around, kernels.shape[2:], axis=(2, 3))
    return np.tensordot(windows, kernels, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2) + np.reshape(b, (-1, 1, 1))


def pool_forward(x: object) -> np.ndarray:
    values = numbers(x, what="x")
    n, c, height, width = values.shape
    return values.reshape(n, c, height // 2, 2, width // 2, 2).max(axis=(3, 5))


LAYERS = {
    "conv_forward": conv_forward,
    "relu_forward": lambda x: np.maximum(x, 0),
    "pool_forward": pool_forward,
    "flatten_forward": lambda x: np.reshape(x, (len(x), -1)),
    "linear_forward": lambda x, w, b: np.asarray(x) @ np.transpose(w) + b,
}


def parameters(seed: int) -> dict[str, np.ndarray]:
    return {name: 0.3 * spread(shape, seed + k) for k, (name, shape) in enumerate(SHAPES.items())}


@criterion("features.maps.values")
@given(seed=seeds)
@settings(max_examples=2)
def test_maps_are_those_of_the_image(submission, seed):
    """Return what comes out of both convolutions, before or after ReLU.

    Catches: pooled maps, a missing bias, a second layer that sees what the first gave unpooled or before its ReLU, maps
    that are kept from other images, or of this one by other parameters.
    """
    p, image = parameters(seed), spread((28, 28), seed + 20)
    first = conv_forward(image[None, None], p["w1"], p["b1"])
    second = conv_forward(pool_forward(np.maximum(first, 0)), p["w2"], p["b2"])
    others = [parameters(seed + 1), spread((28, 28), seed + 21), LAYERS]
    got = in_company(submission.activation_maps, [p, with_gaps(image), LAYERS], others)
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("activation_maps does not return a pair", f"got: {got!r:.300}")
    for number, maps, expected in zip((1, 2), got, (first[0], second[0]), strict=True):
        values = numbers(maps, what=f"the maps of layer {number}")
        before_relu = values.shape == expected.shape and values.min() < 0
        what = f"the maps of layer {number}"
        assert_close(values, expected if before_relu else np.maximum(expected, 0), what=what)


@criterion("features.bottleneck.values")
@given(seed=seeds, n=st.integers(1, 3))
@settings(max_examples=2)
def test_features_are_those_of_the_bottleneck(submission, seed, n):
    """Return the hidden layer before or after ReLU, or what enters it.

    Catches: logits, pixels, the layers before the last pooling, a ReLU or a bias left out, features that are kept from
    other images.
    """
    p, x = parameters(seed), spread((n, 1, 28, 28), seed + 20)
    entering = x
    for number in "12":
        entering = pool_forward(np.maximum(conv_forward(entering, p[f"w{number}"], p[f"b{number}"]), 0))
    entering = entering.reshape(n, 196)
    hidden = entering @ p["w3"].T + p["b3"]
    others = [parameters(seed + 1), spread((n, 1, 28, 28), seed + 21), LAYERS]
    got = numbers(in_company(submission.bottleneck, [p, x, LAYERS], others), what="the features")
    before_relu = got.shape == hidden.shape and got.min() < 0
    wide = got.shape == entering.shape
    assert_close(got, entering if wide else hidden if before_relu else np.maximum(hidden, 0), what="the features")


@criterion("features.maps.values")
def test_maps_at_the_edges_of_what_they_may_be_asked(submission):
    """Return the maps of images that are zero, equal, large or small, and of a network without biases.

    Catches: zeros taken for what is missing, a clip, a bias left out where it is zero.
    """
    for what, p, image in edges((28, 28)):
        first = conv_forward(image[None, None], p["w1"], p["b1"])
        second = conv_forward(pool_forward(np.maximum(first, 0)), p["w2"], p["b2"])
        got = submission.activation_maps(p, image, LAYERS)
        if not isinstance(got, tuple | list) or len(got) != 2:
            fail("activation_maps does not return a pair", f"got: {got!r:.300}")
        for number, maps, expected in zip((1, 2), got, (first[0], second[0]), strict=True):
            values = numbers(maps, what=f"the maps of layer {number}")
            before_relu = values.shape == expected.shape and values.min() < 0
            right = expected if before_relu else np.maximum(expected, 0)
            assert_close(values, right, what=f"the maps of layer {number} for {what}")


@criterion("features.bottleneck.values")
def test_features_at_the_edges_of_what_they_may_be_asked(submission):
    """Return the features of one image and of 131, zero, equal, large or small, also without biases.

    Catches: so many images at most, parts of a batch without those that are left over, zeros taken for what is missing,
    a clip, a bias left out where it is zero.
    """
    for what, p, x in [*edges((1, 1, 28, 28)), ("131 images", parameters(1), spread((131, 1, 28, 28), 2))]:
        entering = x
        for number in "12":
            entering = pool_forward(np.maximum(conv_forward(entering, p[f"w{number}"], p[f"b{number}"]), 0))
        entering = entering.reshape(len(x), 196)
        hidden = entering @ p["w3"].T + p["b3"]
        got = numbers(submission.bottleneck(p, x, LAYERS), what="the features")
        before_relu = got.shape == hidden.shape and got.min() < 0
        right = entering if got.shape == entering.shape else hidden if before_relu else np.maximum(hidden, 0)
        assert_close(got, right, what=f"the features for {what}")


def edges(shape: tuple[int, ...]) -> list[tuple[str, dict[str, np.ndarray], np.ndarray]]:
    usual, image = parameters(1), spread(shape, 2)
    without = {name: value * (name[0] == "w") for name, value in usual.items()}
    named = {"zeros": 0 * image, "equal pixels": np.full(shape, 1.5), "large pixels": 3000 * image,
             "small pixels": image / 1000}  # fmt: skip
    return [*((what, usual, each) for what, each in named.items()), ("no biases", without, image)]
