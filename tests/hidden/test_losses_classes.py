"""Hidden checks of cross-entropy and hinge: values and gradients against sums over examples and classes, and laws.

Batches hold three classes at least and two examples at least, so that a sum and a mean over either differ.
Scores are multiples of ¼, which even single precision holds exactly, and margins end in .3 or .7, so that no
score stands at the hinge unless a check puts it there.
"""

import math
from collections.abc import Callable, Iterator

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import (
    assert_close,
    assert_mean_gradient,
    at_edges,
    criterion,
    in_company,
    in_fortran_order,
    numbers,
    numeric_gradient,
    with_gaps,
)

FAR = 10000.0

Batch = tuple[np.ndarray, np.ndarray]


def batch(examples: int, classes: int, seed: int) -> Batch:
    """Scores and right classes: the first example is right beyond any margin, the second wrong everywhere."""
    random = np.random.default_rng(seed)
    scores = random.integers(-12, 13, (examples, classes)) / 4
    labels = random.permutation(np.arange(examples) % classes)
    scores[0, labels[0]], scores[1, labels[1]] = 6.0, -3.5
    return scores, labels


seeds = st.integers(0, 2**32 - 1)
batches = st.builds(batch, st.integers(2, 4), st.integers(3, 5), seeds)
margins = st.sampled_from([0.3, 0.7, 1.3, 2.7])


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    losses = [math.log(sum(math.exp(z - max(row)) for z in row)) + max(row) for row in logits.tolist()]
    return sum(loss - row[label] for loss, row, label in zip(losses, logits, labels, strict=True)) / len(labels)


def hinge(scores: np.ndarray, labels: np.ndarray, margin: float) -> float:
    violations = [
        max(0.0, row[j] - row[label] + margin)
        for row, label in zip(scores, labels, strict=True)
        for j in range(len(row))
        if j != label
    ]
    return sum(violations) / len(labels)


def asked(
    function: Callable[..., object],
    scores: np.ndarray,
    labels: np.ndarray,
    *margin: float,
    value: Callable | None = None,
) -> object:
    """The submission's answer, between calls with other batches of this shape, and in two memory orders.

    Of a gradient, after the `value` of such a batch.
    """
    others = [1.5 - scores, labels[::-1], *margin]
    given = [in_fortran_order(scores), with_gaps(labels), *margin]
    return in_company(function, given, others, value and (lambda: value(*others)))


def at_all_edges() -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Scores and right classes, one of them at an edge, in words and numbers."""
    for what, scores in at_edges(3, 4, least=(1, 2)).items():
        examples, classes = scores.shape
        yield what, scores, np.arange(examples) % classes
        yield f"{what} and the last class right everywhere", scores, np.full(examples, classes - 1)
    yield "the first class right everywhere", batch(4, 3, seed=7)[0], np.zeros(4, int)


# Of no length that a batch is likely to be cut into.
MANY, LONG = batch(12, 3, seed=5), batch(331, 3, seed=6)


# Cross-entropy


@criterion("losses.cross_entropy.value")
@given(given=batches)
@example(given=MANY)
@example(given=LONG)
@settings(max_examples=4)
def test_cross_entropy_is_the_mean_surprise(submission, given):
    """Return the mean over the examples of −log softmax at the right class.

    Catches: a sum over the examples, a mean over the classes too, another logarithm, a missing sign or log, a mean of
    the means of parts.
    """
    assert_close(asked(submission.cross_entropy, *given), cross_entropy(*given), what="the cross-entropy")


@criterion("losses.cross_entropy.value")
@given(classes=st.integers(2, 6), height=st.sampled_from([-7.0, 0.0, 3.0]))
@settings(max_examples=3)
def test_cross_entropy_of_no_preference_is_the_logarithm_of_the_number_of_classes(submission, classes, height):
    """Return ln C when all C logits of each example are equal.

    Catches: another logarithm, logits taken for probabilities, sums in place of means.
    """
    got = submission.cross_entropy(np.full((3, classes), height), np.array([0, classes - 1, 1]))
    assert_close(got, math.log(classes), what="the cross-entropy of equal logits")


@criterion("losses.cross_entropy.value")
def test_cross_entropy_is_finite_for_large_logits(submission):
    """Return the right, finite number for logits of ±10000.

    Catches: exponentials not shifted, or all by one number, clipped probabilities, an epsilon in the logarithm.
    """
    cases = {
        20000.0: ([[FAR, -FAR, 0.0]], [1]),
        math.log(3): ([[-FAR, -FAR, -FAR]], [0]),
        0.0: ([[0.0, 0.0, FAR]], [2]),
        (FAR + math.log(3)) / 2: ([[0.0, FAR, -FAR], [-FAR, -FAR, -FAR]], [0, 2]),
    }
    for expected, (logits, labels) in cases.items():
        got = submission.cross_entropy(np.array(logits), np.array(labels))
        assert_close(got, expected, what="the cross-entropy of large logits", atol=1e-6)


@criterion("losses.cross_entropy.value")
def test_cross_entropy_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the mean for N = 1 and C = 2, many examples or classes, one right class, and large or equal logits.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, scores, labels in at_all_edges():
        right = cross_entropy(scores, labels)
        assert_close(submission.cross_entropy(scores, labels), right, what=f"the cross-entropy for {what}", atol=1e-6)


@criterion("losses.cross_entropy.gradient")
@given(given=batches)
@example(given=MANY)
@settings(max_examples=4)
def test_the_gradient_of_cross_entropy_is_that_of_differences(submission, given):
    """Return the gradient by the logits, shape (N, C).

    Catches: 1/N missing, softmax alone, the one-hot labels on the wrong side, a mean over the classes.
    """
    logits, labels = given
    expected = numeric_gradient(lambda z: cross_entropy(z, labels), logits)
    got = asked(submission.cross_entropy_gradient, logits, labels, value=submission.cross_entropy)
    assert_close(got, expected, what="the gradient of cross-entropy")


@criterion("losses.cross_entropy.gradient")
def test_the_gradient_of_cross_entropy_over_a_long_batch(submission):
    """Return the gradient of the mean over 331 examples.

    Catches: a batch that is cut into parts, each with a mean of its own, rows that are left out.
    """
    logits, labels = LONG
    got = submission.cross_entropy_gradient(logits, labels)
    assert_mean_gradient(got, lambda rows, z: cross_entropy(z, labels[rows]), logits, what="the gradient")


@criterion("losses.cross_entropy.gradient")
@given(given=batches, shift=st.sampled_from([-FAR, -800.0, 800.0, FAR]))
@settings(max_examples=4)
def test_the_gradient_of_cross_entropy_does_not_see_a_common_shift(submission, given, shift):
    """Return the same gradient when a large number is added to all logits.

    Catches: exponentials of what has not been shifted.
    """
    logits, labels = given
    expected = numeric_gradient(lambda z: cross_entropy(z, labels), logits)
    # At 10000 a quarter is still exact in single precision.
    got = submission.cross_entropy_gradient(logits + shift, labels)
    assert_close(got, expected, what="the gradient of cross-entropy for large logits")


@criterion("losses.cross_entropy.gradient")
def test_the_gradient_of_cross_entropy_is_right_where_one_class_takes_all(submission):
    """Return the right, finite gradient where one logit is 10000 and another −10000.

    Catches: exponentials of what has not been shifted, or all by the greatest logit of the batch.
    """
    logits = np.array([[FAR, -FAR, 0.0], [0.0, FAR, FAR], [-FAR, -FAR, -FAR], [-FAR, -FAR, 0.0]])
    expected = np.array([[1.0, -1.0, 0.0], [0.0, 0.5, -0.5], [-2 / 3, 1 / 3, 1 / 3], [0.0, 0.0, 0.0]]) / 4
    labels = np.array([1, 2, 0, 2])
    got = submission.cross_entropy_gradient(logits, labels)
    assert_close(got, expected, what="the gradient of cross-entropy for large logits")


@criterion("losses.cross_entropy.gradient")
def test_the_gradient_of_cross_entropy_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the gradient for N = 1 and C = 2, many examples or classes, one right class, and large or equal logits.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, scores, labels in at_all_edges():
        onehot = np.eye(scores.shape[1])[labels]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        right = powers / powers.sum(axis=1, keepdims=True) - onehot
        got = submission.cross_entropy_gradient(scores, labels)
        assert_close(got, right / len(labels), what=f"the gradient of cross-entropy for {what}")


# Hinge


@criterion("losses.hinge.value")
@given(given=batches, margin=margins)
@example(given=MANY, margin=0.7)
@example(given=LONG, margin=0.7)
@settings(max_examples=5)
def test_hinge_adds_up_the_violations_of_the_wrong_classes(submission, given, margin):
    """Return the mean over the examples of the sum over the wrong classes of max(0, s[j] − s[y] + margin).

    Catches: the right class counted, no max, the greatest violation only, another mean, a margin of 1, squares, a mean
    of the means of parts.
    """
    assert_close(asked(submission.hinge, *given, margin), hinge(*given, margin), what="the hinge loss")


@criterion("losses.hinge.value")
@given(given=batches, margin=margins)
@settings(max_examples=2)
def test_hinge_is_zero_beyond_the_margin(submission, given, margin):
    """Return 0 where each right class is ahead by more than the margin.

    Catches: no max, the right class counted.
    """
    scores, labels = given
    scores = scores.copy()
    scores[np.arange(len(labels)), labels] = scores.max(axis=1) + 3
    assert_close(submission.hinge(scores, labels, margin), 0.0, what="the hinge loss beyond the margin", atol=1e-6)


@criterion("losses.hinge.value")
def test_hinge_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the mean for N = 1 and C = 2, many examples or classes, one right class, and large or equal scores.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, scores, labels in at_all_edges():
        right = hinge(scores, labels, 0.7)
        assert_close(submission.hinge(scores, labels, 0.7), right, what=f"the hinge loss for {what}", atol=1e-6)


@criterion("losses.hinge.gradient")
@given(given=batches, margin=margins)
@example(given=MANY, margin=0.7)
@settings(max_examples=5)
def test_the_gradient_of_hinge_counts_the_violations(submission, given, margin):
    """Return the gradient by the scores, shape (N, C).

    Catches: −1 for the right class whatever the count, 1/N missing, no max, a margin of 1, the gradient of squares.
    """
    scores, labels = given
    expected = numeric_gradient(lambda s: hinge(s, labels, margin), scores)
    got = asked(submission.hinge_gradient, scores, labels, margin, value=submission.hinge)
    assert_close(got, expected, what="the gradient of the hinge loss")


@criterion("losses.hinge.gradient")
def test_the_gradient_of_hinge_over_a_long_batch(submission):
    """Return the gradient of the mean over 331 examples.

    Catches: a batch that is cut into parts, each with a mean of its own, rows that are left out.
    """
    scores, labels = LONG
    got = submission.hinge_gradient(scores, labels, 0.7)
    assert_mean_gradient(got, lambda rows, s: hinge(s, labels[rows], 0.7), scores, what="the gradient")


@criterion("losses.hinge.gradient")
@given(seed=seeds, margin=st.sampled_from([0.5, 2.0]))
@settings(max_examples=3)
def test_at_the_hinge_any_subgradient_is_right(submission, seed, margin):
    """Return any subgradient where a wrong class stands exactly at the margin.

    Catches: nan at the margin, violations that count for the wrong class but not for the right one.
    """
    scores, labels = batch(4, 4, seed)
    at, rows = (labels + 1) % 4, np.arange(4)
    scores[rows, at] = scores[rows, labels] - margin
    violations = scores - scores[rows, labels][:, None] + margin
    least, greatest = (violations > 0) / 4, (violations >= 0) / 4
    got = numbers(submission.hinge_gradient(scores, labels, margin), what="the gradient of the hinge loss")
    right = np.clip(np.nan_to_num(got.real), least, greatest) if got.shape == scores.shape else least
    right[rows, labels] = 0
    right[rows, labels] = -right.sum(axis=1)
    assert_close(got, right, what="the gradient at the hinge")


@criterion("losses.hinge.gradient")
def test_the_gradient_of_hinge_next_to_the_margin(submission):
    """Return the gradient where wrong classes stand next to the margin, on either side of it.

    Catches: small violations taken for none, or near ones for some.
    """
    violated = np.array([[0, 1, 0, 1], [1, 0, 1, 1], [0, 0, 0, 1], [0, 0, 0, 0]])
    scores = np.where(np.eye(4), 0.7, 1e-4 * (2 * violated - 1))
    right = violated - np.diag(violated.sum(axis=1))
    got = submission.hinge_gradient(scores, np.arange(4), 0.7)
    assert_close(got, right / 4, what="the gradient next to the margin")


@criterion("losses.hinge.gradient")
def test_the_gradient_of_hinge_at_the_edges_of_what_it_may_be_asked(submission):
    """Return the gradient for N = 1 and C = 2, many examples or classes, one right class, and large or equal scores.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    for what, scores, labels in at_all_edges():
        onehot = np.eye(scores.shape[1])[labels]
        violated = (scores - (scores * onehot).sum(axis=1, keepdims=True) + 0.7 > 0) * (1 - onehot)
        right = violated - onehot * violated.sum(axis=1, keepdims=True)
        got = submission.hinge_gradient(scores, labels, 0.7)
        assert_close(got, right / len(labels), what=f"the gradient of the hinge loss for {what}")
