"""Hidden checks of gradient norms: derivatives by a complex step, and what scaled weights do to them.

Pre-activations of the ReLU networks stay away from 0, where any number from 0 to 1 is a right derivative.
"""

from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    assert_close,
    complex_gradient,
    criterion,
    in_company,
    in_fortran_order,
    numbers,
    spread,
    with_gaps,
)

# Few, since a failing seed is shrunk as any number is, and each try costs a call.
seeds = st.integers(0, 9)
WIDTHS = (3, 4, 2, 3)


def network(seed: int, low: float, high: float) -> tuple[list[np.ndarray], np.ndarray]:
    weights = [spread(shape, seed + n, low, high) for n, shape in enumerate(zip(WIDTHS[1:], WIDTHS[:-1], strict=True))]
    return weights, spread(WIDTHS[0], seed + 9)


def layers(weights: list[np.ndarray], x: np.ndarray, activation: str) -> list[np.ndarray]:
    """The pre-activations of all layers, and the activations of the last."""
    found, a = [], x
    for w in weights:
        found.append(w @ a)
        a = 1 / (1 + np.exp(-found[-1])) if activation == "sigmoid" else found[-1] * (found[-1].real > 0)
    return [*found, a]


def right(weights: list[np.ndarray], x: np.ndarray, activation: str) -> list[float]:
    def total(number: int, w: np.ndarray) -> complex:
        return layers([*weights[:number], w, *weights[number + 1 :]], x, activation)[-1].sum()

    slopes = (complex_gradient(lambda w, n=n: total(n, w), weight) for n, weight in enumerate(weights))
    return [float(np.sqrt((slope**2).sum())) for slope in slopes]


def loses_by_guiding(weights: list[np.ndarray], x: np.ndarray) -> bool:
    """Whether the first layer's gradient comes to another size where negative ones are dropped on the way back."""
    backs = [np.ones(WIDTHS[-1]), np.ones(WIDTHS[-1])]
    for w, z in zip(weights[:0:-1], layers(weights, x, "relu")[-2:0:-1], strict=True):
        backs = [(back * (z > 0)) @ w for back in backs]
        backs[1] = np.maximum(backs[1], 0)
    sizes = [np.linalg.norm(back * (layers(weights, x, "relu")[0] > 0)) for back in backs]
    return bool(sizes[1] > 0 and abs(sizes[0] / sizes[1] - 1) > 0.01)


def open_network(seed: int) -> tuple[list[np.ndarray], np.ndarray]:
    """A ReLU network in which some units of each layer are open and none is near its kink."""
    for number in range(seed, seed + 1000):
        weights, x = network(number, 0.5, 2.0)
        inner = layers(weights, x, "relu")[:-1]
        open_units = all((z > 0.1).any() for z in inner) and (inner[0] < 0).any()
        if open_units and min(np.abs(z).min() for z in inner) > 0.1 and loses_by_guiding(weights, x):
            return weights, x
    raise AssertionError("no such network in a thousand")


def asked(submission, weights: list[np.ndarray], x: np.ndarray, activation: str) -> object:
    """The submission's answer, between calls with other weights of these shapes, and in two memory orders."""
    others = [[w[::-1] + 0.5 for w in weights], -x, activation]
    return in_company(
        submission.gradient_norms, [list(map(in_fortran_order, weights)), with_gaps(x), activation], others
    )


@criterion("depth.norms.sigmoid")
@given(seed=seeds)
@settings(max_examples=3)
def test_sigmoid_layers_have_the_norms_of_their_derivatives(submission, seed):
    """Return the norm of each layer's gradient in a network of sigmoid units.

    Catches: σ(z) for its derivative, the derivative of an activation or a weight left out, the wrong order.
    """
    weights, x = network(seed, 0.3, 1.5)
    got = asked(submission, weights, x, "sigmoid")
    assert_close(got, right(weights, x, "sigmoid"), what="the norms")


@criterion("depth.norms.relu")
@given(seed=seeds)
@settings(max_examples=3)
def test_relu_layers_have_the_norms_of_their_derivatives(submission, seed):
    """Return the norm of each layer's gradient in a network of ReLU units.

    Catches: shut units that let gradients through, negative gradients dropped, a weight left out, the wrong order.
    """
    weights, x = open_network(seed)
    got = asked(submission, weights, x, "relu")
    assert_close(got, right(weights, x, "relu"), what="the norms")


@criterion("depth.norms.sigmoid")
def test_sigmoid_gradients_vanish_with_depth(submission):
    """Return norms that fall by at least 4 from layer to layer, in 12 sigmoid layers whose weights are at most 1.

    Catches: a depth that is taken for granted.
    """
    weights = [np.diag(spread(2, seed, 0.5, 1.0)) for seed in range(12)]
    x = spread(2, seed=20)
    got = submission.gradient_norms(weights, x, "sigmoid")
    assert_close(got, right(weights, x, "sigmoid"), what="the norms of 12 layers")


@criterion("depth.norms.sigmoid")
def test_sigmoid_gradients_vanish_in_a_very_deep_network(submission):
    """Return norms of any size, in 24 sigmoid layers, and where the sigmoid is nearly flat.

    Catches: a greatest number of layers, norms that are taken for 0 where they are small, a clip.
    """
    weights, x = [spread((2, 2), seed, 0.5, 1.0) for seed in range(24)], spread(2, seed=50)
    flat = [9.0 * np.eye(2), spread((2, 2), 1)], np.array([1.0, -1.0])
    for what, case in (("24 layers", (weights, x)), ("a flat sigmoid", flat)):
        got = numbers(submission.gradient_norms(*case, "sigmoid"), what="the norms")
        expected = right(*case, "sigmoid")
        assert_close(got / expected if got.shape == (len(expected),) else got, np.ones(len(expected)),
                     what=f"the norms of {what}, by the right ones", rtol=0.01)  # fmt: skip


@criterion("depth.norms.relu")
@given(factor=st.sampled_from([0.5, 2.0]))
@settings(max_examples=2)
def test_relu_gradients_go_with_the_product_of_the_weights(submission, factor):
    """Return factor¹¹ times the norm of the input for each of 12 open ReLU layers that multiply by a factor.

    Catches: a depth that is taken for granted.
    """
    got = submission.gradient_norms([factor * np.eye(1)] * 12, np.array([3.0]), "relu")
    assert_close(got, [factor**11 * 3.0] * 12, what="the norms of 12 layers")


def edges(seed: int) -> Iterator[tuple[str, list[np.ndarray], np.ndarray]]:
    """Networks of unusual sizes and numbers, in words, weights and an example; none is near a kink."""
    sizes = {"one layer": (3, 4), "layers of one unit": (1, 1, 1), "one input": (1, 4, 2), "one output": (3, 2, 1),
             "many inputs": (307, 2), "many units": (2, 307, 2)}  # fmt: skip
    for what, widths in sizes.items():
        shapes = list(zip(widths[1:], widths[:-1], strict=True))
        yield what, [spread(shape, seed + n) / shape[1] for n, shape in enumerate(shapes)], spread(widths[0], seed + 9)
    weights, x = open_network(seed)
    yield "an input of 0", weights, 0 * x
    yield "equal inputs and weights", [np.full_like(w, 0.25) for w in weights], np.full_like(x, 1.5)
    yield "a large input", [weights[0] / 3000, *weights[1:]], 3000 * x
    yield "a small input", [weights[0] * 1000, *weights[1:]], x / 1000
    yield "a layer of zeros", [weights[0], 0 * weights[1], weights[2]], x


@criterion("depth.norms.sigmoid")
def test_sigmoid_layers_at_the_edges_of_what_they_may_be_asked(submission):
    """Return the norms for one layer, unit or input and for many, for zeros, for equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    for what, weights, x in edges(1):
        got = submission.gradient_norms(weights, x, "sigmoid")
        assert_close(got, right(weights, x, "sigmoid"), what=f"the norms for {what}")


@criterion("depth.norms.relu")
def test_relu_layers_at_the_edges_of_what_they_may_be_asked(submission):
    """Return the norms for one layer, unit or input and for many, for an input of 0, equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    for what, weights, x in edges(1):
        # Behind a layer of zeros all units are at their kink.
        if all(w.any() for w in weights):
            got = submission.gradient_norms(weights, x, "relu")
            assert_close(got, right(weights, x, "relu"), what=f"the norms for {what}")
