"""Public checks of cross-entropy and hinge: values and gradients that one can find by hand.

The batch has three examples and four classes, so that sums and means over either differ.
"""

import math
from typing import Any

import numpy as np

from grader.checks import assert_close, criterion, told_apart

# softmax makes (1, 2, 5, 8) / 16, (1, 1, 1, 1) / 4 and (4, 1, 3, 2) / 10 of these.
LOGITS, CLASSES = np.log([[1.0, 2.0, 5.0, 8.0], [1.0, 1.0, 1.0, 1.0], [4.0, 1.0, 3.0, 2.0]]), np.array([2, 1, 0])
SOFTMAX = np.exp(LOGITS) / np.array([[16], [4], [10]])
CHOSEN = np.eye(4)[CLASSES]

# By how much each wrong class violates the margin, where it does.
SCORES, RIGHT = np.array([[3.0, 1.0, 2.5, 4.0], [0.0, 2.0, -1.0, -2.25], [0.0, 3.0, -1.0, 4.0]]), np.array([0, 2, 3])
MARGIN = 1.5
VIOLATIONS = np.array([[0.0, 0.0, 1.0, 2.5], [2.5, 4.5, 0.0, 0.25], [0.0, 0.5, 0.0, 0.0]])
WRONG = 1 - np.eye(4)[RIGHT]
AHEAD = SCORES - np.array([[3.0], [-1.0], [4.0]])

UNDIVIDED = "The 1/N is missing: the loss is the mean over the examples, and so is its gradient."
AVERAGED = "This is divided by the number of classes too; divide by the number of examples only."


def mean(parts: np.ndarray) -> float:
    """Return the mean over the examples of the sum of `parts` within each."""
    return float(parts.sum(axis=1).mean())


def slips(right: Any, others: dict[str, Any]) -> dict[str, Any]:
    """Return what wrong answers say of the work: those in `others`, another mean, and both at once."""
    undivided = {f"{sentence} {UNDIVIDED}": 3 * answer for sentence, answer in others.items()}
    return {**others, UNDIVIDED: 3 * right, AVERAGED: right / 4, **undivided}


@criterion("losses.cross_entropy.value")
def test_cross_entropy_by_hand(submission):
    """Return the mean of ln(16/5), ln 4 and ln(10/4) for softmax values of 5/16, 1/4 and 4/10 at the right classes.

    Catches: a sum over the examples, another logarithm, a missing sign.
    """
    right = mean(CHOSEN * -np.log(SOFTMAX))
    others = {
        "The sign is missing: it is −log softmax.": -right,
        "The logarithm is that of base 10; it must be the natural one.": right / math.log(10),
        "The logarithm is that of base 2; it must be the natural one.": right / math.log(2),
        "All classes are counted; only the right class counts.": mean(-np.log(SOFTMAX)),
        "The mean is taken over all classes; only the right class counts.": mean(-np.log(SOFTMAX)) / 4,
        "The logarithm is missing: it is −log softmax.": -mean(CHOSEN * SOFTMAX),
        "Softmax is taken over the examples; each example has its own.": mean(
            -CHOSEN * np.log(np.exp(LOGITS) / np.exp(LOGITS).sum(axis=0))
        ),
    }
    got = submission.cross_entropy(LOGITS, CLASSES)
    assert_close(got, right, what="the cross-entropy", confusions=slips(right, others))


@criterion("losses.cross_entropy.value")
def test_cross_entropy_of_large_logits_is_finite(submission):
    """Return 20000 for logits of 10000 at a wrong class and −10000 at the right one.

    Catches: exponentials of large numbers, which are infinite: subtract the greatest logit first.
    """
    given = np.array([[10000.0, -10000.0, 0.0]]), np.array([1])
    got = submission.cross_entropy(*given)
    with told_apart(submission, lambda: submission.cross_entropy_gradient(*given)):
        assert_close(got, 20000.0, what="the cross-entropy of large logits")


@criterion("losses.cross_entropy.gradient")
def test_the_gradient_of_cross_entropy_by_hand(submission):
    """Return softmax less one-hot, divided by the number of examples.

    Catches: 1/N missing, softmax alone, the wrong sign.
    """
    right = (SOFTMAX - CHOSEN) / 3
    others = {
        "The sign is wrong.": -right,
        "This is softmax; 1 must be subtracted at the right class.": SOFTMAX / 3,
        "Only the right class has a gradient here; each class has one.": CHOSEN * right,
    }
    got = submission.cross_entropy_gradient(LOGITS, CLASSES)
    with told_apart(submission, lambda: submission.cross_entropy(LOGITS, CLASSES)):
        assert_close(got, right, what="the gradient of cross-entropy", confusions=slips(right, others))


@criterion("losses.hinge.value")
def test_hinge_by_hand(submission):
    """Return the mean of 1 + 2.5, 2.5 + 4.5 + 0.25 and 0.5 for a margin of 1.5.

    Catches: the right class counted, no max, the greatest violation only, a margin of 1.
    """
    others = {
        "The right class is counted too: that adds the margin to each example.": 3.75 + MARGIN,
        "There is no max(0, …): classes beyond the margin must count nothing.": mean(WRONG * (AHEAD + MARGIN)),
        "Only the greatest violation of each example counts here; add up all of them.": (2.5 + 4.5 + 0.5) / 3,
        "The margin is taken for 1; it is an argument.": mean(WRONG * np.maximum(0, AHEAD + 1)),
        "The margin is missing.": mean(np.maximum(0, AHEAD)),
        "The difference is the wrong way round: s[j] − s[y].": mean(WRONG * np.maximum(0, MARGIN - AHEAD)),
        "The violations are squared.": mean(VIOLATIONS**2),
    }
    got = submission.hinge(SCORES, RIGHT, MARGIN)
    assert_close(got, 3.75, what="the hinge loss", confusions=slips(3.75, others))


@criterion("losses.hinge.gradient")
def test_the_gradient_of_hinge_by_hand(submission):
    """Return 1/N for each class that violates the margin, and at the right class minus their sum.

    Catches: −1 for the right class whatever the count, 1/N missing, no max.
    """
    right = np.array([[-2.0, 0.0, 1.0, 1.0], [1.0, 1.0, -3.0, 1.0], [0.0, 1.0, 0.0, -1.0]]) / 3
    others = {
        "The right class gets −1/N for each violation, not −1/N in all.": np.maximum(right, -1 / 3),
        "The right class gets nothing; it gets −1/N for each violation.": np.maximum(right, 0),
        "There is no max(0, …): classes beyond the margin have no gradient.": (4 * WRONG - 3) / 3,
        "The margin is missing.": ((AHEAD > 0) - (1 - WRONG) * (AHEAD > 0).sum(axis=1, keepdims=True)) / 3,
        "These are the violations; the gradient only counts them.": VIOLATIONS / 3,
        "The sign is wrong.": -right,
    }
    got = submission.hinge_gradient(SCORES, RIGHT, MARGIN)
    with told_apart(submission, lambda: submission.hinge(SCORES, RIGHT, MARGIN)):
        assert_close(got, right, what="the gradient of the hinge loss", confusions=slips(right, others))
