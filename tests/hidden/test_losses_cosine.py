"""Hidden checks of the cosine loss: its value and gradient against sums over entries, and laws.

Entries have magnitudes from ½ to 2, so that no row is zero and hardly any has the length 1.
"""

import math
from collections.abc import Callable, Iterator

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import (
    arrays,
    assert_close,
    assert_mean_gradient,
    criterion,
    fail,
    in_company,
    in_fortran_order,
    numbers,
    numeric_gradient,
    pairs_at_edges,
    spread,
    with_gaps,
)

# The loss and its gradient are differences of numbers of size 1, of which single precision keeps so much.
ROUNDING = {"atol": 1e-6}

seeds = st.integers(0, 2**32 - 1)
rows = arrays(st.tuples(st.integers(2, 4), st.integers(3, 5)))
factors = st.sampled_from([0.125, 4.0])
# About a millionth. Single precision can still represent the square of such a length.
SHORT = 2.0**-20


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    cosines = [(x @ y) / (math.hypot(*x) * math.hypot(*y)) for x, y in zip(a, b, strict=True)]
    return sum(1 - c for c in cosines) / len(cosines)


def asked(function: Callable[..., object], a: np.ndarray, b: np.ndarray, value: Callable | None = None) -> object:
    """The submission's answer, between calls with other arrays of these shapes, and in two memory orders.

    Of the gradient, after the `value` of such arrays.
    """
    others = [b[::-1], a + 3.0]
    return in_company(function, [in_fortran_order(a), with_gaps(b)], others, value and (lambda: value(*others)))


def at_all_edges() -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    # A row of zeros has no direction.
    for what, a, b in pairs_at_edges(3, 4, least=(1, 2)):
        if a.any() and b.any():
            yield what, a, b


# The last of no length that a batch is likely to be cut into.
MANY, LONG = spread((12, 3), seed=1), spread((331, 3), seed=3)


@criterion("losses.cosine.value")
@given(a=rows, seed=seeds)
@example(a=MANY, seed=2)
@example(a=LONG, seed=4)
@settings(max_examples=4)
def test_cosine_is_one_less_the_cosine_of_the_angle(submission, a, seed):
    """Return the mean over the examples of 1 − a·b / (‖a‖ ‖b‖).

    Catches: the similarity itself, lengths left out or squared, lengths of the whole batch, another mean, a mean of the
    means of parts.
    """
    b = spread(a.shape, seed)
    assert_close(asked(submission.cosine, a, b), cosine(a, b), what="the cosine loss", **ROUNDING)


@criterion("losses.cosine.value")
@given(a=rows, factor=factors)
@example(a=MANY, factor=SHORT)
@settings(max_examples=2)
def test_cosine_sees_directions_only(submission, a, factor):
    """Return 0 for rows of one direction and 2 for opposite ones, whatever their lengths.

    Catches: the similarity itself, an absolute value, lengths left out, an epsilon that is added to lengths or bounds
    them below.
    """
    for rows_ in (a, SHORT * a):
        assert_close(submission.cosine(rows_, factor * rows_), 0.0, what="the cosine loss of one direction", **ROUNDING)
        opposite = submission.cosine(rows_, -factor * rows_)
        assert_close(opposite, 2.0, what="the cosine loss of opposite directions", **ROUNDING)


@criterion("losses.cosine.value")
def test_cosine_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the mean for N = 1 and D = 2, many examples or entries, equal entries, and long or short vectors.

    Catches: an axis of one entry that is squeezed away, eight bits, a clip.
    """
    for what, a, b in at_all_edges():
        assert_close(submission.cosine(a, b), cosine(a, b), what=f"the cosine loss for {what}", **ROUNDING)


@criterion("losses.cosine.gradient")
@given(a=rows, seed=seeds)
@settings(max_examples=4)
def test_the_gradient_of_cosine_is_that_of_differences(submission, a, seed):
    """Return the gradient by a, shape (N, D).

    Catches: the part along a missing, ‖a‖ in place of ‖a‖², the sign, 1/N missing, the gradient by b.
    """
    b = spread(a.shape, seed)
    expected = numeric_gradient(lambda rows: cosine(rows, b), a)
    got = asked(submission.cosine_gradient, a, b, submission.cosine)
    assert_close(got, expected, what="the gradient of the cosine loss", **ROUNDING)


@criterion("losses.cosine.gradient")
def test_the_gradient_of_cosine_over_a_long_batch(submission):
    """Return the gradient of the mean over 331 examples.

    Catches: a batch that is cut into parts, each with a mean of its own, rows that are left out.
    """
    b = spread(LONG.shape, seed=4)
    got = submission.cosine_gradient(LONG, b)
    assert_mean_gradient(got, lambda rows, part: cosine(part, b[rows]), LONG, what="the gradient over a long batch")


@criterion("losses.cosine.gradient")
@given(a=rows, seed=seeds, factor=factors)
@settings(max_examples=3)
def test_the_gradient_of_cosine_turns_and_does_not_stretch(submission, a, seed, factor):
    """Return a gradient across each row of a, which shrinks as a grows and does not see b's length.

    Catches: the part along a missing or of another size, lengths left out, an epsilon that is added to lengths or
    bounds them below.
    """
    b = spread(a.shape, seed)
    got = numbers(submission.cosine_gradient(a, b), what="the gradient of the cosine loss")
    if got.shape != a.shape or not np.isfinite(got).all():
        fail("the gradient of the cosine loss is no finite array of a's shape", f"for {a.shape}, got {got!r:.300}")
    across = (got * a).sum(axis=1)
    assert_close(across, np.zeros(len(a)), what="the product of each row of the gradient with a's", **ROUNDING)
    for by, beside in ((factor, 2.0), (SHORT, 1.0), (1.0, SHORT), (SHORT, SHORT)):
        stretched = by * numbers(submission.cosine_gradient(by * a, beside * b), what="the gradient")
        assert_close(stretched, got, what="the gradient for longer or shorter vectors, times a's factor", **ROUNDING)


@criterion("losses.cosine.gradient")
def test_the_gradient_of_cosine_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the gradient for N = 1 and D = 2, many examples or entries, equal entries, and long or short vectors.

    Catches: an axis of one entry that is squeezed away, eight bits, a clip, a length below some bound.
    """
    for what, a, b in at_all_edges():
        lengths = [np.linalg.norm(each, axis=1, keepdims=True) for each in (a, b)]
        along, toward = a / lengths[0], b / lengths[1]
        right = ((along * toward).sum(axis=1, keepdims=True) * along - toward) / lengths[0] / len(a)
        got = submission.cosine_gradient(a, b)
        # In units of its own size: it is small for long vectors.
        scale = np.abs(right).max()
        assert_close(got, right, what=f"the gradient of the cosine loss for {what}", atol=1e-6 * scale)
