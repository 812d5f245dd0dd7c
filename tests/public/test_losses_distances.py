"""Public checks of L1, Huber, L2 and cosine: values and gradients that one can find by hand.

Each batch has three examples, of four entries or two: so sums and means over either differ, and no 2 that comes down
from a square is cancelled by a division.
"""

from typing import Any

import numpy as np

from grader.checks import assert_close, criterion, told_apart

ERROR = np.array([[2.0, -3.0, 1.0, -0.5], [0.5, 1.5, -2.0, 4.0], [-1.0, 3.5, 0.5, -1.5]])
TARGET = np.array([[1.0, 0.0, -4.0, 2.0], [0.0, 2.5, 1.0, -3.0], [1.5, -0.5, 3.0, 2.0]])
PREDICTION, DELTA = TARGET + ERROR, 2.5
SIZE, SIGN = np.abs(ERROR), np.sign(ERROR)
INSIDE = SIZE <= DELTA

# The lengths are 5, 2 and 10 against 5, 5 and 13; the cosines are 24/25, −4/5 and 56/65.
A, B = np.array([[3.0, 4.0], [0.0, 2.0], [6.0, -8.0]]), np.array([[4.0, 3.0], [3.0, -4.0], [12.0, -5.0]])
COSINES, LENGTHS_A, LENGTHS_B = np.array([[24 / 25], [-4 / 5], [56 / 65]]), np.array([[5], [2], [10]]), [[5], [5], [13]]

UNDIVIDED = "The 1/N is missing: the loss is the mean over the examples, and so is its gradient."
AVERAGED = "This is divided by the number of entries too; divide by the number of examples only."
OF_THE_TARGET = "The sign is wrong: this is the gradient by the target."


def mean(parts: np.ndarray) -> float:
    """Return the mean over the examples of the sum of `parts` within each."""
    return float(parts.sum(axis=1).mean())


def slips(right: Any, others: dict[str, Any], entries: int = 4) -> dict[str, Any]:
    """Return what wrong answers say of the work: those in `others`, another mean, and both at once."""
    undivided = {f"{sentence} {UNDIVIDED}": 3 * answer for sentence, answer in others.items()}
    return {**others, UNDIVIDED: 3 * right, AVERAGED: right / entries, **undivided}


@criterion("losses.l1.value")
def test_l1_by_hand(submission):
    """Return the mean of 2 + 3 + 1 + 0.5, 0.5 + 1.5 + 2 + 4 and 1 + 3.5 + 0.5 + 1.5.

    Catches: no absolute value, squares, a mean over the entries too.
    """
    others = {
        "There is no absolute value.": mean(ERROR),
        "The absolute value is taken of the sum; take it of each error.": float(np.abs(ERROR.sum(axis=1)).mean()),
        "This is L2.": mean(ERROR**2),
        "This is the root of L2.": float(np.sqrt((ERROR**2).sum(axis=1)).mean()),
    }
    got = submission.l1(PREDICTION, TARGET)
    assert_close(got, 7.0, what="the L1 loss", confusions=slips(7.0, others))


@criterion("losses.l1.gradient")
def test_the_gradient_of_l1_by_hand(submission):
    """Return the sign of each error, divided by the number of examples.

    Catches: 1/N missing, the error itself, the gradient by the target.
    """
    right = SIGN / 3
    others = {
        OF_THE_TARGET: -right,
        "This is the error; the gradient holds its sign only.": ERROR / 3,
        "This is 1 everywhere; it is −1 where the error is negative.": np.ones((3, 4)) / 3,
        "This is 0 where the error is negative; it is −1 there.": np.maximum(right, 0),
    }
    got = submission.l1_gradient(PREDICTION, TARGET)
    with told_apart(submission, lambda: submission.l1(PREDICTION, TARGET)):
        assert_close(got, right, what="the gradient of the L1 loss", confusions=slips(right, others))


@criterion("losses.huber.value")
def test_huber_by_hand(submission):
    """Return the mean of ½ e² where |e| ≤ δ and of δ (|e| − ½ δ) elsewhere, for a δ of 2.5.

    The three examples come to 7, 10.125 and 7.375.

    Catches: arms without −½ δ² or of slope 1, ½ missing, e² compared with δ.
    """
    right, inner, arms = 24.5 / 3, ERROR**2 / 2, DELTA * (SIZE - DELTA / 2)
    others = {
        "The −½ δ² of the arms is missing.": mean(np.where(INSIDE, inner, DELTA * SIZE)),
        "The arms are δ |e| − ½ δ here; they are δ (|e| − ½ δ).": mean(
            np.where(INSIDE, inner, DELTA * SIZE - DELTA / 2)
        ),
        "The arms are δ |e| − δ² here; they are δ (|e| − ½ δ).": mean(np.where(INSIDE, inner, DELTA * (SIZE - DELTA))),
        "The arms have the slope 1; it must be δ.": mean(np.where(INSIDE, inner, SIZE - DELTA / 2)),
        "The ½ of ½ e² is missing.": mean(np.where(INSIDE, ERROR**2, arms)),
        "δ is compared with e² instead of |e|.": mean(np.where(ERROR**2 <= DELTA, inner, arms)),
        "δ is compared with e instead of |e|.": mean(np.where(ERROR <= DELTA, inner, arms)),
        "The two cases are exchanged.": mean(np.where(INSIDE, arms, inner)),
        "δ is taken for 1; it is an argument.": mean(np.where(SIZE <= 1, inner, SIZE - 0.5)),
    }
    got = submission.huber(PREDICTION, TARGET, DELTA)
    assert_close(got, right, what="the Huber loss", confusions=slips(right, others))


@criterion("losses.huber.gradient")
def test_the_gradient_of_huber_by_hand(submission):
    """Return each error, cut off at ±δ, divided by the number of examples.

    Catches: arms of slope 1 or without sign, a doubled parabola, 1/N missing.
    """
    right = np.array([[2.0, -2.5, 1.0, -0.5], [0.5, 1.5, -2.0, 2.5], [-1.0, 2.5, 0.5, -1.5]]) / 3
    others = {
        OF_THE_TARGET: -right,
        "The error is cut off at +δ only; cut it off at −δ too.": np.minimum(ERROR, DELTA) / 3,
        "The error is not cut off at ±δ.": ERROR / 3,
        "The arms have the slope 1; it must be δ.": np.where(INSIDE, ERROR, SIGN) / 3,
        "The arms lack the error's sign.": np.where(INSIDE, ERROR, DELTA) / 3,
        "The error is doubled, as if the ½ of ½ e² were missing.": np.where(INSIDE, 2 * ERROR, DELTA * SIGN) / 3,
        "The error is halved; the 2 that comes down from the square cancels the ½.": np.where(
            INSIDE, ERROR / 2, DELTA * SIGN
        )
        / 3,
    }
    got = submission.huber_gradient(PREDICTION, TARGET, DELTA)
    with told_apart(submission, lambda: submission.huber(PREDICTION, TARGET, DELTA)):
        assert_close(got, right, what="the gradient of the Huber loss", confusions=slips(right, others))


@criterion("losses.l2.value")
def test_l2_by_hand(submission):
    """Return the mean of 4 + 9 + 1 + 0.25, 0.25 + 2.25 + 4 + 16 and 1 + 12.25 + 0.25 + 2.25.

    Catches: a factor ½, a root, a mean over the entries too.
    """
    squares = ERROR**2
    others = {
        "There is a factor ½ that is not asked for.": mean(squares) / 2,
        "A root is taken; it is the sum of squares itself.": float(np.sqrt(squares.sum(axis=1)).mean()),
        "The square is taken of the sum; take it of each error.": float((ERROR.sum(axis=1) ** 2).mean()),
    }
    got = submission.l2(PREDICTION, TARGET)
    assert_close(got, 17.5, what="the L2 loss", confusions=slips(17.5, others))


@criterion("losses.l2.gradient")
def test_the_gradient_of_l2_by_hand(submission):
    """Return twice each error, divided by the number of examples.

    Catches: the 2 missing, 1/N missing, the gradient by the target.
    """
    right = 2 * ERROR / 3
    others = {
        "The 2 that comes down from the square is missing.": ERROR / 3,
        OF_THE_TARGET: -right,
        "The error's sign is lost.": np.abs(right),
    }
    got = submission.l2_gradient(PREDICTION, TARGET)
    with told_apart(submission, lambda: submission.l2(PREDICTION, TARGET)):
        assert_close(got, right, what="the gradient of the L2 loss", confusions=slips(right, others))


@criterion("losses.cosine.value")
def test_cosine_by_hand(submission):
    """Return the mean of 1 − 24/25, 1 + 4/5 and 1 − 56/65.

    Catches: the similarity itself, lengths left out, the whole matrix taken for one vector.
    """
    right, products = 1 - float(COSINES.mean()), (A * B).sum(axis=1, keepdims=True)
    others = {
        "This is the similarity; the loss is 1 less the similarity.": 1 - right,
        "The sign is wrong: this is the similarity less 1.": -right,
        "The absolute value of the cosine is taken.": 1 - float(np.abs(COSINES).mean()),
        "The product is not divided by the lengths.": 1 - float(products.mean()),
        "The lengths are squared: divide by ‖a‖ ‖b‖.": 1 - float((COSINES / LENGTHS_A / LENGTHS_B).mean()),
    }
    whole = 1 - products.sum() / (np.linalg.norm(A) * np.linalg.norm(B))
    confusions = slips(right, others, entries=2) | {
        "This is the cosine of the whole matrix; each example has its own, and the loss is their mean.": whole,
    }
    assert_close(submission.cosine(A, B), right, what="the cosine loss", confusions=confusions)


@criterion("losses.cosine.gradient")
def test_the_gradient_of_cosine_by_hand(submission):
    """Return −(b / (‖a‖ ‖b‖) − cos(a, b) a / ‖a‖²) / N for each example; it is at right angles to a.

    The three rows are (−0.0224, 0.0168), (−0.3, 0) and (−0.0406, −0.0305), to be divided by 3.

    Catches: the part along a missing, ‖a‖ in place of ‖a‖², the sign, 1/N missing.
    """
    toward, along = B / (LENGTHS_A * LENGTHS_B), COSINES * A / LENGTHS_A**2
    right = (along - toward) / 3
    others = {
        "The sign is wrong: this is the gradient of the similarity.": -right,
        "The part along a is missing: a's length depends on a too.": -toward / 3,
        "The part along a has the wrong sign.": -(toward + along) / 3,
        "The part along a is divided by ‖a‖; it must be ‖a‖².": (along * LENGTHS_A - toward) / 3,
        "The part along a is not multiplied by the cosine.": (A / LENGTHS_A**2 - toward) / 3,
    }
    got, confusions = submission.cosine_gradient(A, B), slips(right, others, entries=2)
    with told_apart(submission, lambda: submission.cosine(A, B)):
        assert_close(got, right, what="the gradient of the cosine loss", confusions=confusions)
