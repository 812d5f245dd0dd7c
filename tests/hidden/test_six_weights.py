"""Hidden checks of back-propagation by hand: derivatives of the loss by complex steps, one weight at a time.

Inputs and weights stay between 0.3 and 1.5, where neither tanh nor σ is flat, so that each derivative counts.
An update is held to the derivatives that the submission itself gives, or to the right ones: who has made a mistake in
a derivative has lost its mark already.
"""

from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    assert_close,
    complex_gradient,
    criterion,
    fail,
    in_company,
    in_fortran_order,
    numbers,
    spread,
    with_gaps,
)

NAMES = ("w1_11", "w1_12", "w1_21", "w1_22", "w2_11", "w2_12")
# Few, since a failing seed is shrunk as any number is, and each try costs a call.
seeds = st.integers(0, 9)


def task(seed: int) -> tuple[np.ndarray, np.ndarray, dict[str, float]]:
    """Examples, targets and weights."""
    examples = 2 + seed % 3
    targets = np.arange(examples) % 2 * 1.0
    weights = dict(zip(NAMES, map(float, spread(6, seed + 1, 0.3, 1.5)), strict=True))
    return spread((examples, 2), seed, 0.3, 1.5), targets, weights


def right(x: np.ndarray, targets: np.ndarray, weights: dict[str, float]) -> dict[str, float]:
    def loss(values: np.ndarray) -> complex:
        hidden = np.tanh(x @ values[:4].reshape(2, 2).T)
        return np.mean((1 / (1 + np.exp(-hidden @ values[4:])) - targets) ** 2)

    return dict(zip(NAMES, map(float, complex_gradient(loss, [weights[name] for name in NAMES])), strict=True))


def by_weight(answer: object, what: str) -> dict[str, object]:
    if not isinstance(answer, dict) or not set(NAMES) <= set(answer):
        fail(f"{what} are not a dict of the six weights", f"got: {answer!r:.300}")
    return answer


def assert_derivative(submission, name: str, seed: int) -> None:
    x, targets, weights = task(seed)
    expected = right(x, targets, weights)
    answer = in_company(submission.gradients, [in_fortran_order(x), with_gaps(targets), weights], task(seed + 3))
    got = by_weight(answer, "the gradients")[name]
    # Examples may cancel each other out in a derivative, and not in all of them.
    largest = max(map(abs, expected.values()))
    single = numbers(got, what=f"the derivative by {name}").dtype == np.float32
    assert_close(got, expected[name], what=f"the derivative by {name}", atol=largest * (1e-5 if single else 1e-13))


def edges() -> Iterator[tuple[str, np.ndarray, np.ndarray, dict[str, float]]]:
    """Examples, targets and weights of which something is at an edge, in words and numbers."""
    x, targets, weights = task(1)
    yield "one example", x[:1], targets[:1], weights
    yield "many examples", spread((307, 2), 3, 0.3, 1.5), np.arange(307) % 2 * 1.0, weights
    yield "inputs of 0", 0 * x, targets, weights
    yield "equal inputs", np.full_like(x, 0.75), targets, weights
    yield "large inputs", np.full_like(x, 3000.0), targets, weights
    yield "small inputs", x / 1000, targets, weights
    for value in (0.0, 1.0):
        yield f"targets of {value:.0f}", x, np.full_like(targets, value), weights
    yield "targets between", x, np.linspace(0.2, 0.9, len(x)), weights
    yield "weights in another order", x, targets, dict(reversed(weights.items()))
    for layer in "12":
        yield f"weights of 0 in layer {layer}", x, targets, {n: w * (n[1] != layer) for n, w in weights.items()}


def assert_at_edges(submission, name: str) -> None:
    for what, x, targets, weights in edges():
        expected = right(x, targets, weights)
        got = by_weight(submission.gradients(x, targets, weights), "the gradients")[name]
        assert_close(got, expected[name], what=f"the derivative by {name} for {what}", atol=1e-5)
    x, steep = np.abs(task(1)[0]), {n: 6.0 if n[1] == "2" else 0.8 for n in NAMES}
    expected = right(x, np.zeros(len(x)), steep)
    got = by_weight(submission.gradients(x, np.zeros(len(x)), steep), "the gradients")[name]
    # Of 1 - y single precision keeps two digits there.
    assert_close(got, expected[name], what=f"the derivative by {name} where σ is flat", rtol=0.05, atol=0.0)


@criterion("backprop.six_weights.w1_11")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_derivative_by_w1_11(submission, seed):
    """Return the derivative of the loss by w1_11.

    Catches: tanh' or σ' left out or taken at the wrong number, the outer weight left out, i and j exchanged.
    """
    assert_derivative(submission, "w1_11", seed)


@criterion("backprop.six_weights.w1_11")
def test_the_derivative_by_w1_11_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for one example and for many, for inputs, targets or weights that are 0 or equal, and inputs far out.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a mean over a fixed number,
    weights that are told apart by their order, numbers that are clipped.
    """
    assert_at_edges(submission, "w1_11")


@criterion("backprop.six_weights.w1_12")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_derivative_by_w1_12(submission, seed):
    """Return the derivative of the loss by w1_12.

    Catches: tanh' or σ' left out or taken at the wrong number, the outer weight left out, i and j exchanged.
    """
    assert_derivative(submission, "w1_12", seed)


@criterion("backprop.six_weights.w1_12")
def test_the_derivative_by_w1_12_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for one example and for many, for inputs, targets or weights that are 0 or equal, and inputs far out.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a mean over a fixed number.
    """
    assert_at_edges(submission, "w1_12")


@criterion("backprop.six_weights.w1_21")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_derivative_by_w1_21(submission, seed):
    """Return the derivative of the loss by w1_21.

    Catches: tanh' or σ' left out or taken at the wrong number, the outer weight left out, i and j exchanged.
    """
    assert_derivative(submission, "w1_21", seed)


@criterion("backprop.six_weights.w1_21")
def test_the_derivative_by_w1_21_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for one example and for many, for inputs, targets or weights that are 0 or equal, and inputs far out.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a mean over a fixed number.
    """
    assert_at_edges(submission, "w1_21")


@criterion("backprop.six_weights.w1_22")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_derivative_by_w1_22(submission, seed):
    """Return the derivative of the loss by w1_22.

    Catches: tanh' or σ' left out or taken at the wrong number, the outer weight left out, i and j exchanged.
    """
    assert_derivative(submission, "w1_22", seed)


@criterion("backprop.six_weights.w1_22")
def test_the_derivative_by_w1_22_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for one example and for many, for inputs, targets or weights that are 0 or equal, and inputs far out.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a mean over a fixed number.
    """
    assert_at_edges(submission, "w1_22")


@criterion("backprop.six_weights.w2_11")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_derivative_by_w2_11(submission, seed):
    """Return the derivative of the loss by w2_11.

    Catches: σ' left out or taken at the wrong number, the factor 2 or the mean left out, the hidden units exchanged.
    """
    assert_derivative(submission, "w2_11", seed)


@criterion("backprop.six_weights.w2_11")
def test_the_derivative_by_w2_11_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for one example and for many, for inputs, targets or weights that are 0 or equal, and inputs far out.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a mean over a fixed number.
    """
    assert_at_edges(submission, "w2_11")


@criterion("backprop.six_weights.w2_12")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_derivative_by_w2_12(submission, seed):
    """Return the derivative of the loss by w2_12.

    Catches: σ' left out or taken at the wrong number, the factor 2 or the mean left out, the hidden units exchanged.
    """
    assert_derivative(submission, "w2_12", seed)


@criterion("backprop.six_weights.w2_12")
def test_the_derivative_by_w2_12_at_the_edges_of_what_it_may_be_asked(submission):
    """Return it for one example and for many, for inputs, targets or weights that are 0 or equal, and inputs far out.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a mean over a fixed number.
    """
    assert_at_edges(submission, "w2_12")


@criterion("backprop.six_weights.update")
@given(seed=seeds, rate=st.sampled_from([0.3, 1.0, 2.5]))
@settings(max_examples=4)
def test_all_six_weights_step_at_once(submission, seed, rate):
    """Take the learning rate times its derivative away from each weight, all derivatives from before the step.

    Catches: a step uphill, the learning rate left out, the hidden layer's step taken with new outer weights, a step
    that is kept from other weights.
    """
    x, targets, weights = task(seed)
    others = {name: weight / 2 for name, weight in weights.items()}
    answer = in_company(submission.updated, [x, targets, dict(weights), rate], [x, targets, others, rate])
    got = by_weight(answer, "the weights")
    after = numbers([got[name] for name in NAMES], what="the weights")
    given_gradients = by_weight(submission.gradients(x, targets, weights), "the gradients")
    own = numbers([given_gradients[name] for name in NAMES], what="the gradients").astype(float)
    true = np.array(list(right(x, targets, weights).values()))
    if own.shape != (6,) or not np.all(own):
        own = true
    before = np.array(list(weights.values()))
    steps = [before - rate * slopes for slopes in (true, own)]
    if after.shape == (6,):
        steps.sort(key=lambda step: float(np.abs(step - after).max()))
    assert_close(after, steps[0], what="the weights after a step")


@criterion("backprop.six_weights.update")
def test_each_weight_moves(submission):
    """Move each of the weights in what is returned, and none of those that are passed in.

    Catches: a step that overwrites the weights it is given, a weight that is left out.
    """
    x, targets, weights = task(7)
    moved = by_weight(submission.updated(x, targets, dict(weights), 0.5), "the weights")
    if any(float(numbers(moved[name], what="a weight")) == weights[name] for name in NAMES):
        fail("a weight has not moved")
