"""Hidden checks of L1, Huber and L2: values and gradients against sums over examples and entries, and laws.

Batches hold two examples and two entries at least, so that sums and means differ. No error is 0 unless a check
makes it so. Huber's errors come in multiples of δ, on both sides of it, also between δ and √δ; δ is never 1.
"""

from collections.abc import Callable, Iterator

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import (
    arrays,
    assert_close,
    assert_mean_gradient,
    criterion,
    in_company,
    in_fortran_order,
    numbers,
    numeric_gradient,
    pairs_at_edges,
    spread,
    with_gaps,
)

RATIOS = np.array([0.1, 0.5, 0.8, 0.95, 1.1, 1.3, 2.0, 3.0])
VAST, TINY = 1e3, 1e-3
EITHER = (0.8, 150.0)  # so that large numbers have errors beyond δ, and most are within

# The last of no length that a batch is likely to be cut into.
MANY, SINGLE, LONG = spread((12, 3), seed=1), spread((1, 5), seed=2), spread((331, 2), seed=3)
errors = arrays(st.tuples(st.integers(2, 4), st.integers(2, 4)))
seeds = st.integers(0, 2**32 - 1)
deltas = st.sampled_from([0.4, 0.7, 1.6, 2.5])
shapes = st.sampled_from([(2, 4), (4, 2)])


def huber_errors(shape: tuple[int, int], delta: float, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return delta * random.permutation(RATIOS * random.choice([-1.0, 1.0], RATIOS.size)).reshape(shape)


def targets(error: np.ndarray) -> np.ndarray:
    """Targets that say nothing of the error."""
    return spread(error.shape, seed=error.size)


def mean(function: Callable[[float], float], error: np.ndarray) -> float:
    """The mean over the examples of the sum of a function of the errors."""
    return sum(function(float(e)) for e in error.flat) / len(error)


def bend(e: float, delta: float) -> float:
    return e * e / 2 if abs(e) <= delta else delta * (abs(e) - delta / 2)


def asked(
    function: Callable[..., object],
    prediction: np.ndarray,
    target: np.ndarray,
    *delta: float,
    value: Callable | None = None,
) -> object:
    """The submission's answer, between calls with other arrays of these shapes, and in two memory orders.

    Of a gradient, after the `value` of such arrays.
    """
    others = [target[::-1] - 3.0, prediction[::-1] + 0.25, *delta]
    given_ = [in_fortran_order(prediction), with_gaps(target), *delta]
    return in_company(function, given_, others, value and (lambda: value(*others)))


def assert_long_gradient(gradient: Callable[..., object], function: Callable[[float], float], *delta: float) -> None:
    """Compare with the gradient of the mean over a long batch."""
    target = targets(LONG)
    got = gradient(target + LONG, target, *delta)
    assert_mean_gradient(got, lambda _, error: mean(function, error), LONG, what="the gradient over a long batch")


def with_errors_at_edges() -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Those of which no error is 0 unless both numbers are."""
    yield from pairs_at_edges(3, 4)
    yield "errors next to nothing", 1e-6 * MANY, np.zeros_like(MANY)


def at_all_edges() -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Predictions and targets, one of them at an edge, or both the same, in words and numbers."""
    yield from with_errors_at_edges()
    yield "no error", targets(MANY), targets(MANY)
    some = np.where(np.arange(len(MANY))[:, None] % 3, MANY, 0.0)
    yield "no error in every third example", targets(MANY) + some, targets(MANY)


def slope(function: Callable[[float], float], error: np.ndarray) -> np.ndarray:
    return numeric_gradient(lambda e: mean(function, e), error)


@criterion("losses.l1.value")
@given(error=errors)
@example(error=MANY)
@example(error=LONG)
@example(error=SINGLE)
@settings(max_examples=4)
def test_l1_adds_up_the_sizes_of_the_errors(submission, error):
    """Return the mean over the examples of the sum of |prediction − target|.

    Catches: no absolute value, squares, a root of squares, a mean over the entries too, a sum over the examples, a mean
    of the means of parts.
    """
    target = targets(error)
    assert_close(asked(submission.l1, target + error, target), mean(abs, error), what="the L1 loss")


@criterion("losses.l1.value")
def test_l1_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the mean for N = 1 and D = 1, many examples or entries, zeros, and numbers large or small.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, prediction, target in at_all_edges():
        right = mean(abs, prediction - target)
        assert_close(submission.l1(prediction, target), right, what=f"the L1 loss for {what}")


@criterion("losses.l1.gradient")
@given(error=errors)
@example(error=MANY)
@example(error=SINGLE)
@settings(max_examples=4)
def test_the_gradient_of_l1_has_the_signs_of_the_errors(submission, error):
    """Return the gradient by the prediction, shape (N, D).

    Catches: 1/N missing, the gradient by the target, the error itself, ones everywhere.
    """
    target = targets(error)
    got = asked(submission.l1_gradient, target + error, target, value=submission.l1)
    assert_close(got, slope(abs, error), what="the gradient of the L1 loss")


@criterion("losses.l1.gradient")
def test_the_gradient_of_l1_over_a_long_batch(submission):
    """Return the gradient of the mean over 331 examples.

    Catches: a batch that is cut into parts, each with a mean of its own, rows that are left out.
    """
    assert_long_gradient(submission.l1_gradient, abs)


@criterion("losses.l1.gradient")
@given(error=errors, seed=seeds)
@settings(max_examples=3)
def test_without_error_any_subgradient_of_l1_is_right(submission, error, seed):
    """Return any number from −1/N to 1/N where prediction and target are equal.

    Catches: nan from a division of 0 by 0.
    """
    error = np.where(np.random.default_rng(seed).random(error.shape) < 0.5, 0.0, error)
    error[0, 0] = 0.0
    target = targets(error)
    least, greatest = (np.where(error == 0, side, np.sign(error)) / len(error) for side in (-1, 1))
    got = numbers(submission.l1_gradient(target + error, target), what="the gradient of the L1 loss")
    right = np.clip(np.nan_to_num(got.real), least, greatest) if got.shape == error.shape else least
    assert_close(got, right, what="the gradient of the L1 loss where there is no error")


@criterion("losses.l1.gradient")
def test_the_gradient_of_l1_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the gradient for N = 1 and D = 1, many examples or entries, zeros, and numbers large or small.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip, small
    errors taken for none.
    """
    for what, prediction, target in with_errors_at_edges():
        error = prediction - target
        got = submission.l1_gradient(prediction, target)
        assert_close(got, np.sign(error) / len(error), what=f"the gradient of the L1 loss for {what}")


@criterion("losses.huber.value")
@given(shape=shapes, delta=deltas, seed=seeds)
@settings(max_examples=5)
def test_huber_is_a_parabola_with_straight_arms(submission, shape, delta, seed):
    """Return the mean over the examples of the sum of ½ e², or δ (|e| − ½ δ) where |e| > δ.

    Catches: ½ missing, arms without −½ δ², arms of slope 1, e² compared with δ, a mean over the entries too.
    """
    error = huber_errors(shape, delta, seed)
    target = targets(error)
    got = asked(submission.huber, target + error, target, delta)
    assert_close(got, mean(lambda e: bend(e, delta), error), what="the Huber loss")


@criterion("losses.huber.value")
@given(error=errors)
@example(error=LONG)
@settings(max_examples=2)
def test_huber_becomes_half_of_l2_or_delta_times_l1(submission, error):
    """Return half of the L2 loss for a vast δ, and δ times the L1 loss for a tiny one.

    Catches: ½ missing, arms of slope 1, the cases exchanged, a mean of the means of parts.
    """
    target = targets(error)
    halved = submission.huber(target + error, target, VAST)
    assert_close(halved, mean(lambda e: e * e / 2, error), what="the Huber loss for a vast δ")
    scaled = submission.huber(target + error, target, TINY)
    # The limit is off by up to ½ δ / |e|.
    assert_close(scaled, TINY * mean(abs, error), what="the Huber loss for a tiny δ", rtol=2 * TINY)


@criterion("losses.huber.value")
def test_huber_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the mean for N = 1 and D = 1, many examples or entries, zeros, and numbers large or small.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, prediction, target in at_all_edges():
        for delta in EITHER:
            right = mean(lambda e, delta=delta: bend(e, delta), prediction - target)
            assert_close(submission.huber(prediction, target, delta), right, what=f"the Huber loss for {what}")


@criterion("losses.huber.gradient")
@given(shape=shapes, delta=deltas, seed=seeds)
@settings(max_examples=5)
def test_the_gradient_of_huber_is_the_error_cut_off_at_delta(submission, shape, delta, seed):
    """Return the gradient by the prediction, shape (N, D).

    Catches: arms of slope 1 or without sign, a doubled parabola, e² compared with δ, 1/N missing.
    """
    error = huber_errors(shape, delta, seed)
    target = targets(error)
    got = asked(submission.huber_gradient, target + error, target, delta, value=submission.huber)
    assert_close(got, slope(lambda e: bend(e, delta), error), what="the gradient of the Huber loss")


@criterion("losses.huber.gradient")
def test_the_gradient_of_huber_over_a_long_batch(submission):
    """Return the gradient of the mean over 331 examples.

    Catches: a batch that is cut into parts, each with a mean of its own, rows that are left out.
    """
    assert_long_gradient(submission.huber_gradient, lambda e: bend(e, 0.8), 0.8)


@criterion("losses.huber.gradient")
@given(delta=st.sampled_from([0.5, 2.0]))
@settings(max_examples=2)
def test_the_gradient_of_huber_where_its_pieces_meet(submission, delta):
    """Return ±δ / N where |e| is exactly δ: parabola and arms agree there.

    Catches: 0 where |e| is δ, an arm and a parabola that are added up there.
    """
    # Multiples of ¼, whose difference is exact.
    target = np.array([[0.25, -1.5], [2.0, 0.75], [-0.5, 0.0]])
    error = delta * np.array([[1.0, -1.0], [-1.0, 1.0], [0.5, 1.0]])
    got = submission.huber_gradient(target + error, target, delta)
    assert_close(got, error / 3, what="the gradient of the Huber loss at its joints")


@criterion("losses.huber.gradient")
@given(error=errors)
@settings(max_examples=2)
def test_the_gradient_of_huber_becomes_half_of_l2s_or_delta_times_l1s(submission, error):
    """Return half of the L2 loss's gradient for a vast δ, and δ times the L1 loss's for a tiny one.

    Catches: arms of slope 1, a doubled parabola, the cases exchanged.
    """
    target = targets(error)
    halved = submission.huber_gradient(target + error, target, VAST)
    assert_close(halved, error / len(error), what="the gradient of the Huber loss for a vast δ")
    scaled = submission.huber_gradient(target + error, target, TINY)
    what = "the gradient of the Huber loss for a tiny δ"
    assert_close(scaled, TINY * np.sign(error) / len(error), what=what, rtol=TINY)


@criterion("losses.huber.gradient")
def test_the_gradient_of_huber_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the gradient for N = 1 and D = 1, many examples or entries, zeros, and numbers large or small.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip, the δ that
    the value was asked for with.
    """
    for what, prediction, target in at_all_edges():
        error = prediction - target
        for delta in EITHER:
            submission.huber(prediction, target, 2 * delta)
            got = submission.huber_gradient(prediction, target, delta)
            assert_close(got, error.clip(-delta, delta) / len(error), what=f"the gradient of the Huber loss for {what}")


@criterion("losses.l2.value")
@given(error=errors)
@example(error=MANY)
@example(error=LONG)
@example(error=SINGLE)
@settings(max_examples=4)
def test_l2_adds_up_the_squares_of_the_errors(submission, error):
    """Return the mean over the examples of the sum of (prediction − target)².

    Catches: a factor ½, a root, a mean over the entries too, a sum over the examples, a mean of the means of parts.
    """
    target = targets(error)
    assert_close(asked(submission.l2, target + error, target), mean(lambda e: e * e, error), what="the L2 loss")


@criterion("losses.l2.value")
def test_l2_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the mean for N = 1 and D = 1, many examples or entries, zeros, and numbers large or small.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, prediction, target in at_all_edges():
        right = mean(lambda e: e * e, prediction - target)
        assert_close(submission.l2(prediction, target), right, what=f"the L2 loss for {what}")


@criterion("losses.l2.gradient")
@given(error=errors)
@example(error=MANY)
@example(error=SINGLE)
@settings(max_examples=4)
def test_the_gradient_of_l2_is_twice_the_error(submission, error):
    """Return the gradient by the prediction, shape (N, D).

    Catches: the 2 missing, the gradient by the target, 1/N missing, a mean over the entries too.
    """
    target = targets(error)
    got = asked(submission.l2_gradient, target + error, target, value=submission.l2)
    assert_close(got, slope(lambda e: e * e, error), what="the gradient of the L2 loss")


@criterion("losses.l2.gradient")
def test_the_gradient_of_l2_over_a_long_batch(submission):
    """Return the gradient of the mean over 331 examples.

    Catches: a batch that is cut into parts, each with a mean of its own, rows that are left out.
    """
    assert_long_gradient(submission.l2_gradient, lambda e: e * e)


@criterion("losses.l2.gradient")
def test_the_gradient_of_l2_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the gradient for N = 1 and D = 1, many examples or entries, zeros, and numbers large or small.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, prediction, target in at_all_edges():
        error = prediction - target
        got = submission.l2_gradient(prediction, target)
        assert_close(got, 2 * error / len(error), what=f"the gradient of the L2 loss for {what}")
