"""Hidden checks of the whole network, with layers of the check's own: dense random images, weights and biases.

What the submission does with layers counts here, not how its own layers work. The expected gradient is put together
here from the same layers; tests of the course compare it with differences.
"""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, at_edges, criterion, fail, in_company, numbers, spoilt, spread
from grader.checks.comparing.chance import assert_unrelated, unlike_seeds

SHAPES = {
    "w1": (4, 1, 5, 5), "b1": (4,), "w2": (4, 4, 5, 5), "b2": (4,),
    "w3": (49, 196), "b3": (49,), "w4": (10, 49), "b4": (10,),
}  # fmt: skip
# Logits of a few units: a softmax that is certain has no gradient.
SCALES = {"w1": 0.15, "w2": 0.07, "w3": 0.05, "w4": 0.1}
KINK = 1e-5  # beside numbers of about 1
seeds = st.integers(0, 2**32 - 1)


# Layers


def windows(x: np.ndarray, k: int) -> np.ndarray:
    around = np.pad(x, ((0, 0), (0, 0), (k // 2, k // 2), (k // 2, k // 2)))
    return np.lib.stride_tricks.sliding_window_view(around, (k, k), axis=(2, 3))


def conv_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.tensordot(windows(x, w.shape[2]), w, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2) + b[:, None, None]


def conv_backward(dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, ...]:
    turned = w[:, :, ::-1, ::-1].swapaxes(0, 1)
    dw = np.tensordot(dy, windows(x, w.shape[2]), axes=([0, 2, 3], [0, 2, 3]))
    return conv_forward(dy, turned, np.zeros(len(turned))), dw, dy.sum(axis=(0, 2, 3))


def pool_forward(x: np.ndarray) -> np.ndarray:
    n, c, height, width = x.shape
    return x.reshape(n, c, height // 2, 2, width // 2, 2).max(axis=(3, 5))


def pool_backward(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    return np.kron(dy, np.ones((1, 1, 2, 2))) * (x == np.kron(pool_forward(x), np.ones((1, 1, 2, 2))))


def loss_gradient(logits: np.ndarray, one_hot: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True) - one_hot) / len(logits)


def loss(logits: np.ndarray, one_hot: np.ndarray) -> float:
    return float(np.mean(np.logaddexp.reduce(logits, axis=1) - (one_hot * logits).sum(axis=1)))


LAYERS: dict[str, Callable[..., Any]] = {
    "conv_forward": conv_forward,
    "conv_backward": conv_backward,
    "pool_forward": pool_forward,
    "pool_backward": pool_backward,
    "relu_forward": lambda x: np.maximum(x, 0),
    # At 0 the derivative is 1, as it may be: whoever hands over what the ReLU returned is told apart.
    "relu_backward": lambda dy, x: np.where(x >= 0, dy, 0),
    "flatten_forward": lambda x: x.reshape(len(x), -1),
    "flatten_backward": lambda dy, x: dy.reshape(x.shape),
    "linear_forward": lambda x, w, b: x @ w.T + b,
    "linear_backward": lambda dy, x, w: (dy @ w, dy.T @ x, dy.sum(axis=0)),
    "softmax": lambda logits: loss_gradient(logits, np.zeros_like(logits)) * len(logits),
    "softmax_cross_entropy": loss,
    "softmax_cross_entropy_gradient": loss_gradient,
}


def lent(name: str) -> Callable[..., Any]:
    """A layer as the submission may call it; arrays that do not fit end the check as the student's mistake."""

    def layer(*arguments: object) -> Any:
        arrays = [numbers(argument, what=f"an argument of {name}") for argument in arguments]
        try:
            answer = LAYERS[name](*arrays)
        except (ValueError, IndexError, TypeError, AttributeError):
            answer = None
        if answer is None or (name in SAME_SHAPE and np.shape(answer) != arrays[0].shape):
            fail(f"{name} was given arrays that do not fit together", f"shapes: {[array.shape for array in arrays]}")
        return answer

    return layer


SAME_SHAPE = {"relu_backward", "softmax_cross_entropy_gradient"}
LENT = {name: lent(name) for name in LAYERS}


# The network


def parameters(seed: int) -> dict[str, np.ndarray]:
    return {
        name: spread(shape, seed + number) * SCALES.get(name, 0.3)
        for number, (name, shape) in enumerate(SHAPES.items())
    }


def images(seed: int, n: int) -> np.ndarray:
    return spread((n, 1, 28, 28), seed + 20)


def is_smooth(p: dict[str, np.ndarray], x: np.ndarray) -> bool:
    """Whether rounding in single precision changes neither which ReLUs pass nor which entries are largest."""
    for number in "12":
        z = conv_forward(x, p[f"w{number}"], p[f"b{number}"])
        n, c, height, width = z.shape
        x = pool_forward(np.maximum(z, 0))
        second, first = np.sort(z.reshape(n, c, height // 2, 2, width // 2, 2).swapaxes(3, 4).reshape(-1, 4))[:, 2:].T
        if np.abs(z).min() < KINK or np.any((first > 0) & (first - second < KINK)):
            return False
    return bool(np.abs(x.reshape(len(x), -1) @ p["w3"].T + p["b3"]).min() > KINK)


def smooth_problem(seed: int, n: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Parameters and images that keep away from kinks: of this seed or the next that does, in steps of 100."""
    while not is_smooth(parameters(seed), images(seed, n)):
        seed += 100
    return parameters(seed), images(seed, n)


def labels(seed: int, n: int) -> np.ndarray:
    return np.eye(10)[np.random.default_rng(seed).integers(0, 10, n)]


def expected_logits(p: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    for number in "12":
        x = pool_forward(np.maximum(conv_forward(x, p[f"w{number}"], p[f"b{number}"]), 0))
    hidden = np.maximum(x.reshape(len(x), -1) @ p["w3"].T + p["b3"], 0)
    return hidden @ p["w4"].T + p["b4"]


def expected_gradient(p: dict[str, np.ndarray], x: np.ndarray, one_hot: np.ndarray) -> dict[str, np.ndarray]:
    inputs, found = [x], {}
    for number in "12":
        inputs.append(conv_forward(inputs[-1], p[f"w{number}"], p[f"b{number}"]))
        inputs.append(pool_forward(np.maximum(inputs[-1], 0)))
    flat = inputs[-1].reshape(len(x), -1)
    hidden = flat @ p["w3"].T + p["b3"]
    back = loss_gradient(expected_logits(p, x), one_hot)
    found["w4"], found["b4"] = back.T @ np.maximum(hidden, 0), back.sum(axis=0)
    back = back @ p["w4"] * (hidden > 0)
    found["w3"], found["b3"] = back.T @ flat, back.sum(axis=0)
    back = (back @ p["w3"]).reshape(inputs[-1].shape)
    for number, before, after in (("2", inputs[2], inputs[3]), ("1", inputs[0], inputs[1])):
        back = pool_backward(back, np.maximum(after, 0)) * (after > 0)
        back, found[f"w{number}"], found[f"b{number}"] = conv_backward(back, before, p[f"w{number}"])
    return found


@criterion("network.whole.parameters")
@given(seed=st.integers(0, 10**6))
@settings(max_examples=2)
def test_initial_parameters_are_random_and_of_a_good_size(submission, seed):
    """Return weights that differ, about 0, neither large nor small, and biases of 0, the same for the same seed.

    Catches: zeros, ones, one number for all, uniform numbers from 0 to 1, a seed left out, folded or cut off,
    unseeded numbers, kernels that are equal, the same numbers in another scale for another seed or in each layer,
    arrays that are returned again though they may have been trained since.
    """
    got, other = (submission.initial_parameters(number) for number in (seed, seed + 1))
    again = spoilt(submission.initial_parameters, seed)
    for name, shape in SHAPES.items():
        try:
            values, same, unlike = (numbers(each[name], what=f"the parameter {name}") for each in (got, again, other))
        except (KeyError, TypeError):
            fail(f"the initial parameters lack {name}, or are no dict", f"got: {got!r:.300}")
        if values.shape != shape:
            fail(f"the parameter {name} has the wrong shape", f"expected {shape}, got {values.shape}")
        assert_close(same, values, what=f"the parameter {name}, asked for again with the same seed", atol=1e-12)
        if name.startswith("b"):
            assert_close(values, np.zeros(shape), what=f"the bias {name}", atol=1e-12)
            continue
        size = float(np.sqrt(np.mean(values**2)))
        if np.unique(values).size < 0.9 * values.size:
            fail(f"the weights {name} are not random: many are equal")
        if not 0.005 <= size <= 0.6 or abs(values.mean()) > size / 2:
            fail(f"the weights {name} are too large, too small, or not about 0", f"root mean square {size:.3g}")
        if np.shape(unlike) != shape or np.allclose(unlike, values):
            fail(f"the weights {name} are the same for another seed")
        assert_unrelated(values, unlike, f"the weights {name} are not drawn anew for another seed")
    for one, another in combinations(SCALES, 2):
        starts = [np.ravel(numbers(got[name], what=f"the parameter {name}"))[:100] for name in (one, another)]
        if abs(np.corrcoef(starts)[0, 1]) > 0.9:
            fail(f"the weights {one} and {another} begin with the same numbers, but for their scale")
    # Where a seed gives no such dict, that is told above.
    drawn = {str(submission.initial_parameters(number).get("w4")) for number in unlike_seeds(seed)}
    if len(drawn) < len(unlike_seeds(seed)):
        fail("two seeds give the same weights", f"of {unlike_seeds(seed)}")


@criterion("network.whole.logits")
@given(seed=seeds, n=st.integers(1, 2))
@settings(max_examples=2)
def test_logits_are_those_of_the_network(submission, seed, n):
    """Return the logits of dense images, weights and biases.

    Catches: layers left out or in another order, a ReLU after the last layer, the softmax of the logits, what is kept
    from one batch to the next.
    """
    p, x = parameters(seed), images(seed, n)
    got = in_company(submission.network_logits, [p, x, LENT], [parameters(seed + 50), images(seed + 50, n), LENT])
    assert_close(got, expected_logits(p, x), what="the logits")


@criterion("network.whole.logits")
def test_logits_of_many_images(submission):
    """Return a row of logits for each of 70 images.

    Catches: so many images at most, a batch that is cut into parts of a fixed size.
    """
    p, x = parameters(3), images(3, 70)
    assert_close(submission.network_logits(p, x, LENT), expected_logits(p, x), what="the logits of many images")


@criterion("network.whole.logits")
def test_logits_at_the_edges_of_what_they_may_be_asked(submission):
    """Return the logits of images that are zero, equal, large or small, and without biases.

    Catches: zeros taken for what is missing, a clip, an image or a bias left out where it is zero.
    """
    for what, x in at_edges(2, 1, 28, 28, least=(1, 1, 28, 28), long=()).items():
        p = parameters(4)
        assert_close(submission.network_logits(p, x, LENT), expected_logits(p, x), what=f"the logits for {what}")
    p = {name: 0 * values if name.startswith("b") else values for name, values in parameters(4).items()}
    x = images(4, 2)
    assert_close(submission.network_logits(p, x, LENT), expected_logits(p, x), what="the logits without biases")


@criterion("network.whole.gradient")
def test_the_gradient_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the gradient over a batch of 13 of one class, and of images that are large or small.

    Catches: a mean of the means of parts, so many images at most, zeros taken for what is missing, a clip.
    """
    for n, scale in ((13, 1.0), (2, 3000.0), (2, 1e-3)):
        p, x = smooth_problem(6, n)
        # Of the same size behind the first layer.
        p, x = {**p, "w1": p["w1"] / scale}, x * scale
        one_hot = np.eye(10)[np.full(n, 9)]
        got = submission.network_gradient(p, x, one_hot, LENT)
        if not isinstance(got, dict) or got.keys() != SHAPES.keys():
            fail("the gradient is not a dict of the parameters' names", f"expected {list(SHAPES)}, got {got!r:.300}")
        for name, expected in expected_gradient(p, x, one_hot).items():
            assert_close(got[name], expected, what=f"the gradient by {name}", every_entry=True)
    # All entries of a window are equal there, and pooling may share as it likes: what lies behind it tells.
    p, x, one_hot = parameters(6), np.full((2, 1, 28, 28), 0.5), labels(6, 2)
    got = submission.network_gradient(p, x, one_hot, LENT)
    expected = expected_gradient(p, x, one_hot)
    for name in ("w3", "b3", "w4", "b4"):
        assert_close(got[name], expected[name], what=f"the gradient by {name} for equal pixels", every_entry=True)


@criterion("network.whole.gradient")
@given(seed=seeds, n=st.integers(1, 2))
@settings(max_examples=2)
def test_the_gradient_by_every_parameter_is_right(submission, seed, n):
    """Return the gradient of the loss by all eight arrays, for dense images, weights and biases.

    Catches: a derivative at another layer's pre-activation, or at what the ReLU returned, a ReLU or the pooling left
    out on the way back, what is kept from one batch to the next.
    """
    (p, x), one_hot = smooth_problem(seed, n), labels(seed, n)
    others = [parameters(seed + 50), images(seed + 50, n), labels(seed + 50, n), LENT]
    forwards = [*others[:2], LENT]
    got = in_company(
        submission.network_gradient, [p, x, one_hot, LENT], others, lambda: submission.network_logits(*forwards)
    )
    if not isinstance(got, dict) or got.keys() != SHAPES.keys():
        fail("the gradient is not a dict of the parameters' names", f"expected {list(SHAPES)}, got {got!r:.300}")
    expected = expected_gradient(p, x, one_hot)
    for name in SHAPES:
        assert_close(got[name], expected[name], what=f"the gradient by {name}", every_entry=True)
