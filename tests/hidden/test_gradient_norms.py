"""Hidden checks of gradient norms: derivatives by a complex step, and what scaled weights do to them.

Pre-activations of the ReLU networks stay away from 0, where any number from 0 to 1 is a right derivative.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, complex_gradient, criterion, in_company, in_fortran_order, spread, with_gaps

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


@criterion("depth.norms.relu")
@given(factor=st.sampled_from([0.5, 2.0]))
@settings(max_examples=2)
def test_relu_gradients_go_with_the_product_of_the_weights(submission, factor):
    """Return factor¹¹ times the norm of the input for each of 12 open ReLU layers that multiply by a factor.

    Catches: a depth that is taken for granted.
    """
    got = submission.gradient_norms([factor * np.eye(1)] * 12, np.array([3.0]), "relu")
    assert_close(got, [factor**11 * 3.0] * 12, what="the norms of 12 layers")
