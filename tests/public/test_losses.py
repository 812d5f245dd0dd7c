"""Public checks of the losses: numbers that one can find by hand, and the stages of one example.

Each batch has two examples and three classes or entries, so that sums and means over either differ.
"""

import math

import numpy as np

from grader.checks import assert_close, assert_stages, criterion, decomposition

# Room for sums in single precision.
ROUNDING = {"rtol": 1e-5, "atol": 1e-6}
WHAT = "the value of the decomposition"

# softmax makes (1, 2, 5) / 8 and (1, 1, 1) / 3 of these.
LOGITS, CLASSES = np.log([[1.0, 2.0, 5.0], [1.0, 1.0, 1.0]]), np.array([2, 0])
SOFTMAX, ONEHOT = np.array([[1, 2, 5], [8 / 3] * 3]) / 8, np.array([[0, 0, 1], [1, 0, 0]])

# At a margin of 1.5, class 2 violates it in the first example by 1; in the second both wrong ones do, by 2.5 and 4.5.
SCORES, RIGHT, MARGIN = np.array([[3.0, 1.0, 2.5], [0.0, 2.0, -1.0]]), np.array([0, 2]), 1.5

ERROR = np.array([[2.0, -3.0, 1.0], [0.5, 1.5, -2.0]])
TARGET = np.array([[1.0, 0.0, -4.0], [0.0, 2.5, 1.0]])
PREDICTION, DELTA = TARGET + ERROR, 2.0
SIZE, SIGN = np.abs(ERROR), np.sign(ERROR)

# Lengths 5 and 5, 2 and 5; the cosines are 24/25 and 0.
A, B = np.array([[3.0, 4.0], [0.0, 2.0]]), np.array([[4.0, 3.0], [5.0, 0.0]])

SUMMED = "This is the sum over the examples; it must be their mean."
AVERAGED = "This is divided by the number of entries too; divide by the number of examples only."
UNDIVIDED = "The 1/N is missing: the loss is a mean over the examples, and so is its gradient."


def mean(parts: np.ndarray) -> float:
    """Return the mean over the examples of the sum of `parts` within each."""
    return float(parts.sum(axis=1).mean())


def reductions(parts: np.ndarray) -> dict[str, float]:
    """Return the values that other sums and means of `parts` have."""
    return {SUMMED: float(parts.sum()), AVERAGED: float(parts.mean())}


def assert_program(answer: object, expected: float, **inputs: object) -> None:
    assert_close(decomposition(answer, tuple(inputs)).value(**inputs), expected, what=WHAT, **ROUNDING)


@criterion("losses.cross_entropy.value")
def test_cross_entropy_by_hand(submission):
    """Return the mean of ln(8/5) and ln 3 for softmax values of 5/8 and 1/3 at the right classes.

    Catches: a sum over the examples, another logarithm, a missing sign.
    """
    right = (ONEHOT * -np.log(SOFTMAX)).sum(axis=1)
    confusions = {
        SUMMED: right.sum(),
        AVERAGED: right.sum() / 6,
        "The sign is missing: it is −log softmax.": -right.mean(),
        "The logarithm is that of base 10; it must be the natural one.": right.mean() / math.log(10),
        "The logarithm is that of base 2; it must be the natural one.": right.mean() / math.log(2),
        "This is the mean over all classes; only the right class counts.": -np.log(SOFTMAX).mean(),
    }
    got = submission.cross_entropy(LOGITS, CLASSES)
    assert_close(got, right.mean(), what="the cross-entropy", confusions=confusions, **ROUNDING)


@criterion("losses.cross_entropy.value")
def test_cross_entropy_of_large_logits_is_finite(submission):
    """Return 20000 for logits of 10000 at a wrong class and −10000 at the right one.

    Catches: exponentials of large numbers, which are infinite: subtract the greatest logit first.
    """
    got = submission.cross_entropy(np.array([[10000.0, -10000.0, 0.0]]), np.array([1]))
    assert_close(got, 20000.0, what="the cross-entropy of large logits", **ROUNDING)


@criterion("losses.cross_entropy.gradient")
def test_the_gradient_of_cross_entropy_by_hand(submission):
    """Return softmax less one-hot, divided by the number of examples.

    Catches: 1/N missing, softmax alone, the wrong sign.
    """
    right = (SOFTMAX - ONEHOT) / 2
    confusions = {
        UNDIVIDED: 2 * right,
        AVERAGED: right / 3,
        "The sign is wrong.": -right,
        "This is softmax; 1 must be subtracted at the right class.": SOFTMAX / 2,
    }
    got = submission.cross_entropy_gradient(LOGITS, CLASSES)
    assert_close(got, right, what="the gradient of cross-entropy", confusions=confusions, **ROUNDING)


@criterion("losses.cross_entropy.decomposition")
def test_the_program_of_cross_entropy_by_hand(submission):
    """Return stages that come to ln(8/5) for a softmax value of 5/8 at the right class.

    Catches: stages that come to something else, or to a vector.
    """
    answer = submission.cross_entropy_decomposition()
    assert_program(answer, math.log(8 / 5), logits=LOGITS[0], onehot=ONEHOT[0])


@criterion("losses.cross_entropy.local")
def test_the_stages_of_cross_entropy_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    stages = decomposition(submission.cross_entropy_decomposition(), ("logits", "onehot"))
    local = submission.cross_entropy_local_derivatives(LOGITS[0], ONEHOT[0])
    assert_stages(stages, local, logits=LOGITS[0], onehot=ONEHOT[0])


@criterion("losses.hinge.value")
def test_hinge_by_hand(submission):
    """Return the mean of 1 and 2.5 + 4.5 for a margin of 1.5.

    Catches: the right class counted, no max, the greatest violation only, a margin of 1.
    """
    confusions = {
        SUMMED: 8.0,
        AVERAGED: 8.0 / 6,
        "The right class is counted too: that adds the margin to each example.": 4.0 + MARGIN,
        "There is no max(0, …): classes beyond the margin must count nothing.": 3.75,
        "Only the greatest violation of each example counts here; add up all of them.": (1.0 + 4.5) / 2,
        "The margin is taken for 1; it is an argument.": 3.25,
        "The violations are squared.": (1.0 + 2.5**2 + 4.5**2) / 2,
    }
    got = submission.hinge(SCORES, RIGHT, MARGIN)
    assert_close(got, 4.0, what="the hinge loss", confusions=confusions, **ROUNDING)


@criterion("losses.hinge.gradient")
def test_the_gradient_of_hinge_by_hand(submission):
    """Return 1/N for each class that violates the margin, and at the right class minus their sum.

    Catches: −1 for the right class whatever the count, 1/N missing, no max.
    """
    right = np.array([[-1.0, 0.0, 1.0], [1.0, 1.0, -2.0]]) / 2
    confusions = {
        UNDIVIDED: 2 * right,
        "The right class gets −1 for each violation, not −1 in all.": np.array([[-1, 0, 1], [1, 1, -1]]) / 2,
        "The right class gets nothing; it gets −1 for each violation.": np.array([[0, 0, 1], [1, 1, 0]]) / 2,
        "There is no max(0, …): classes beyond the margin have no gradient.": np.array([[-2, 1, 1], [1, 1, -2]]) / 2,
        "The sign is wrong.": -right,
    }
    got = submission.hinge_gradient(SCORES, RIGHT, MARGIN)
    assert_close(got, right, what="the gradient of the hinge loss", confusions=confusions, **ROUNDING)


@criterion("losses.hinge.decomposition")
def test_the_program_of_hinge_by_hand(submission):
    """Return stages that come to 2.5 + 4.5 for the second example.

    Catches: the right class counted, stages that come to a vector.
    """
    answer = submission.hinge_decomposition()
    assert_program(answer, 7.0, scores=SCORES[1], onehot=np.eye(3)[2], margin=MARGIN)


@criterion("losses.hinge.local")
def test_the_stages_of_hinge_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    stages = decomposition(submission.hinge_decomposition(), ("scores", "onehot", "margin"))
    local = submission.hinge_local_derivatives(SCORES[0], np.eye(3)[0], MARGIN)
    assert_stages(stages, local, scores=SCORES[0], onehot=np.eye(3)[0], margin=MARGIN)


@criterion("losses.l1.value")
def test_l1_by_hand(submission):
    """Return the mean of 2 + 3 + 1 and 0.5 + 1.5 + 2.

    Catches: no absolute value, squares, a mean over the entries too.
    """
    confusions = {**reductions(SIZE), "There is no absolute value.": mean(ERROR), "This is L2.": mean(ERROR**2)}
    got = submission.l1(PREDICTION, TARGET)
    assert_close(got, 5.0, what="the L1 loss", confusions=confusions, **ROUNDING)


@criterion("losses.l1.gradient")
def test_the_gradient_of_l1_by_hand(submission):
    """Return the sign of each error, divided by the number of examples.

    Catches: 1/N missing, the error itself, the gradient by the target.
    """
    confusions = {
        UNDIVIDED: SIGN,
        AVERAGED: SIGN / 6,
        "This is the error; the gradient holds its sign only.": ERROR / 2,
        "The sign is wrong: this is the gradient by the target.": -SIGN / 2,
    }
    got = submission.l1_gradient(PREDICTION, TARGET)
    assert_close(got, SIGN / 2, what="the gradient of the L1 loss", confusions=confusions, **ROUNDING)


@criterion("losses.l1.decomposition")
def test_the_program_of_l1_by_hand(submission):
    """Return stages that come to 2 + 3 + 1 for the first example.

    Catches: stages that come to something else, or to a vector.
    """
    assert_program(submission.l1_decomposition(), 6.0, prediction=PREDICTION[0], target=TARGET[0])


@criterion("losses.l1.local")
def test_the_stages_of_l1_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    stages = decomposition(submission.l1_decomposition(), ("prediction", "target"))
    local = submission.l1_local_derivatives(PREDICTION[0], TARGET[0])
    assert_stages(stages, local, prediction=PREDICTION[0], target=TARGET[0])


@criterion("losses.huber.value")
def test_huber_by_hand(submission):
    """Return the mean of 2 + 4 + 0.5 and 0.125 + 1.125 + 2 for a δ of 2.

    Catches: arms without −½ δ² or of slope 1, ½ missing, e² compared with δ.
    """
    inner, arms = ERROR**2 / 2, DELTA * (SIZE - DELTA / 2)
    right = np.where(SIZE <= DELTA, inner, arms)
    confusions = {
        **reductions(right),
        "The −½ δ² of the arms is missing.": mean(np.where(SIZE <= DELTA, inner, DELTA * SIZE)),
        "The arms have the slope 1; it must be δ.": mean(np.where(SIZE <= DELTA, inner, SIZE - 0.5)),
        "The ½ of ½ e² is missing.": mean(np.where(SIZE <= DELTA, ERROR**2, arms)),
        "δ is compared with e² instead of |e|.": mean(np.where(ERROR**2 <= DELTA, inner, arms)),
        "The two cases are exchanged.": mean(np.where(SIZE <= DELTA, arms, inner)),
        "δ is taken for 1; it is an argument.": mean(np.where(SIZE <= 1, inner, SIZE - 0.5)),
    }
    got = submission.huber(PREDICTION, TARGET, DELTA)
    assert_close(got, 4.875, what="the Huber loss", confusions=confusions, **ROUNDING)


@criterion("losses.huber.gradient")
def test_the_gradient_of_huber_by_hand(submission):
    """Return each error, cut off at ±δ, divided by the number of examples.

    Catches: arms of slope 1 or without sign, a doubled parabola, 1/N missing.
    """
    inside, right = SIZE <= DELTA, np.array([[2.0, -2.0, 1.0], [0.5, 1.5, -2.0]]) / 2
    confusions = {
        UNDIVIDED: 2 * right,
        AVERAGED: right / 3,
        "The arms have the slope 1; it must be δ.": np.where(inside, ERROR, SIGN) / 2,
        "The arms lack the error's sign.": np.where(inside, ERROR, DELTA) / 2,
        "The error is doubled, as if the ½ of ½ e² were missing.": np.where(inside, 2 * ERROR, DELTA * SIGN) / 2,
        "The sign is wrong: this is the gradient by the target.": -right,
    }
    got = submission.huber_gradient(PREDICTION, TARGET, DELTA)
    assert_close(got, right, what="the gradient of the Huber loss", confusions=confusions, **ROUNDING)


@criterion("losses.huber.decomposition")
def test_the_program_of_huber_by_hand(submission):
    """Return stages that come to 2 + 4 + 0.5 for the first example and a δ of 2.

    Catches: one of both cases only, stages that come to a vector.
    """
    answer = submission.huber_decomposition()
    assert_program(answer, 6.5, prediction=PREDICTION[0], target=TARGET[0], delta=DELTA)


@criterion("losses.huber.local")
def test_the_stages_of_huber_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    inputs = {"prediction": PREDICTION[0], "target": TARGET[0], "delta": 1.2}
    stages = decomposition(submission.huber_decomposition(), tuple(inputs))
    assert_stages(stages, submission.huber_local_derivatives(*inputs.values()), **inputs)


@criterion("losses.l2.value")
def test_l2_by_hand(submission):
    """Return the mean of 4 + 9 + 1 and 0.25 + 2.25 + 4.

    Catches: a factor ½, a root, a mean over the entries too.
    """
    squares = ERROR**2
    confusions = {
        **reductions(squares),
        "There is a factor ½ that is not asked for.": mean(squares) / 2,
        "A root is taken; it is the sum of squares itself.": float(np.sqrt(squares.sum(axis=1)).mean()),
    }
    got = submission.l2(PREDICTION, TARGET)
    assert_close(got, 10.25, what="the L2 loss", confusions=confusions, **ROUNDING)


@criterion("losses.l2.gradient")
def test_the_gradient_of_l2_by_hand(submission):
    """Return twice each error, divided by the number of examples.

    Catches: the 2 missing, 1/N missing, the gradient by the target.
    """
    confusions = {
        "The 2 that comes down from the square is missing.": ERROR / 2,
        UNDIVIDED: 2 * ERROR,
        AVERAGED: ERROR / 3,
        "The sign is wrong: this is the gradient by the target.": -ERROR,
    }
    got = submission.l2_gradient(PREDICTION, TARGET)
    assert_close(got, ERROR, what="the gradient of the L2 loss", confusions=confusions, **ROUNDING)


@criterion("losses.l2.decomposition")
def test_the_program_of_l2_by_hand(submission):
    """Return stages that come to 4 + 9 + 1 for the first example.

    Catches: a factor ½, stages that come to a vector.
    """
    assert_program(submission.l2_decomposition(), 14.0, prediction=PREDICTION[0], target=TARGET[0])


@criterion("losses.l2.local")
def test_the_stages_of_l2_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    stages = decomposition(submission.l2_decomposition(), ("prediction", "target"))
    local = submission.l2_local_derivatives(PREDICTION[0], TARGET[0])
    assert_stages(stages, local, prediction=PREDICTION[0], target=TARGET[0])


@criterion("losses.cosine.value")
def test_cosine_by_hand(submission):
    """Return the mean of 1 − 24/25 and 1 − 0.

    Catches: the similarity itself, lengths left out.
    """
    confusions = {
        SUMMED: 1.04,
        "This is the similarity; the loss is 1 less the similarity.": 0.48,
        "The product is not divided by the lengths.": 1 - 12.0,
        "The lengths are squared: divide by ‖a‖ ‖b‖.": 1 - 24 / 625 / 2,
        "The sign is wrong: this is the similarity less 1.": -0.52,
    }
    assert_close(submission.cosine(A, B), 0.52, what="the cosine loss", confusions=confusions, **ROUNDING)


@criterion("losses.cosine.gradient")
def test_the_gradient_of_cosine_by_hand(submission):
    """Return (−0.0224, 0.0168) and (−0.25, 0), each across its row of a.

    Catches: the part along a missing, ‖a‖ in place of ‖a‖², the sign, 1/N missing.
    """
    right = np.array([[-0.0224, 0.0168], [-0.25, 0.0]])
    along = np.array([[24 / 25], [0.0]]) * A
    toward = B / np.array([[25.0], [10.0]])
    confusions = {
        UNDIVIDED: 2 * right,
        "The sign is wrong: this is the gradient of the similarity.": -right,
        "The part along a is missing: a's length depends on a too.": -toward / 2,
        "The part along a is divided by ‖a‖; it must be ‖a‖².": -(toward - along / np.array([[5.0], [2.0]])) / 2,
    }
    got = submission.cosine_gradient(A, B)
    assert_close(got, right, what="the gradient of the cosine loss", confusions=confusions, **ROUNDING)


@criterion("losses.cosine.decomposition")
def test_the_program_of_cosine_by_hand(submission):
    """Return stages that come to 1 − 24/25 for the first example.

    Catches: the similarity itself, a root left out.
    """
    assert_program(submission.cosine_decomposition(), 0.04, a=A[0], b=B[0])


@criterion("losses.cosine.local")
def test_the_stages_of_cosine_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    stages = decomposition(submission.cosine_decomposition(), ("a", "b"))
    assert_stages(stages, submission.cosine_local_derivatives(A[0], B[0]), a=A[0], b=B[0])
