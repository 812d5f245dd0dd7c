"""Public checks of the losses' decompositions: what the programs come to, and the derivatives of their stages.

Each looks at one example that one can follow by hand, away from all kinks.
"""

import math
from typing import Any

import numpy as np

from grader.checks import assert_stages, assert_value, criterion, decomposition

# softmax makes (1, 2, 5, 8) / 16 of the logits; the right class is the third.
LOGITS = {"logits": np.log([1.0, 2.0, 5.0, 8.0]), "onehot": np.array([0.0, 0.0, 1.0, 0.0])}
# The wrong classes are −0.5, 1 and 2.5 beyond the margin; the right class is the first.
SCORES = {"scores": np.array([3.0, 1.0, 2.5, 4.0]), "onehot": np.array([1.0, 0.0, 0.0, 0.0]), "margin": 1.5}
# The errors are 2, −3, 1 and −0.5.
ERRORS = {"prediction": np.array([3.0, -3.0, -3.0, 1.5]), "target": np.array([1.0, 0.0, -4.0, 2.0])}
BENT = {**ERRORS, "delta": 2.5}
# Of lengths 10 and 13; the product is 112.
VECTORS = {"a": np.array([6.0, -8.0]), "b": np.array([12.0, -5.0])}


def assert_program(answer: object, expected: float, confusions: dict[str, float], inputs: dict[str, Any]) -> None:
    assert_value(decomposition(answer, tuple(inputs)), expected, confusions=confusions, **inputs)


@criterion("losses.cross_entropy.decomposition")
def test_the_program_of_cross_entropy_by_hand(submission):
    """Return stages that come to ln(16/5) for a softmax value of 5/16 at the right class.

    Catches: stages that come to something else, or to a vector.
    """
    confusions = {
        "The sign is missing: it is −log softmax.": math.log(5 / 16),
        "This is the logarithm of the sum alone; subtract the right class's logit.": math.log(16),
        "All logits are subtracted; subtract the right class's only.": math.log(16 / 80),
    }
    assert_program(submission.cross_entropy_decomposition(), math.log(16 / 5), confusions, LOGITS)


@criterion("losses.cross_entropy.local")
def test_the_stages_of_cross_entropy_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    program = decomposition(submission.cross_entropy_decomposition(), tuple(LOGITS))
    assert_stages(program, submission.cross_entropy_local_derivatives(*LOGITS.values()), **LOGITS)


@criterion("losses.hinge.decomposition")
def test_the_program_of_hinge_by_hand(submission):
    """Return stages that come to 1 + 2.5 for a margin of 1.5.

    Catches: the right class counted, no maximum, stages that come to a vector.
    """
    confusions = {
        "The right class is counted too: that adds the margin.": 5.0,
        "There is no maximum with 0: classes beyond the margin must count nothing.": 3.0,
        "The right class is counted too, and there is no maximum with 0.": 4.5,
        "The margin is taken for 1; it is an input.": 2.5,
    }
    assert_program(submission.hinge_decomposition(), 3.5, confusions, SCORES)


@criterion("losses.hinge.local")
def test_the_stages_of_hinge_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    program = decomposition(submission.hinge_decomposition(), tuple(SCORES))
    assert_stages(program, submission.hinge_local_derivatives(*SCORES.values()), **SCORES)


@criterion("losses.l1.decomposition")
def test_the_program_of_l1_by_hand(submission):
    """Return stages that come to 2 + 3 + 1 + 0.5.

    Catches: no absolute value, the absolute value of the sum, stages that come to a vector.
    """
    confusions = {
        "There is no absolute value.": -0.5,
        "The absolute value is taken of the sum; take it of each error.": 0.5,
        "This is L2.": 14.25,
    }
    assert_program(submission.l1_decomposition(), 6.5, confusions, ERRORS)


@criterion("losses.l1.local")
def test_the_stages_of_l1_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    program = decomposition(submission.l1_decomposition(), tuple(ERRORS))
    assert_stages(program, submission.l1_local_derivatives(*ERRORS.values()), **ERRORS)


@criterion("losses.huber.decomposition")
def test_the_program_of_huber_by_hand(submission):
    """Return stages that come to 2 + 4.375 + 0.5 + 0.125 for a δ of 2.5.

    Catches: one of both cases only, ½ missing, stages that come to a vector.
    """
    confusions = {
        "This is ½ e² throughout; the error of −3 is beyond δ.": 7.125,
        "This is δ (|e| − ½ δ) throughout; only the error of −3 is beyond δ.": 3.75,
        "The errors within δ are squared without the ½.": 9.625,
        "All is doubled: the ½ is missing.": 14.0,
        "The error of −3 counts δ |e|; it counts δ (|e| − ½ δ).": 10.125,
        "The error of −3 counts δ |e| − ½ δ; it counts δ (|e| − ½ δ).": 8.875,
        "The error of −3 counts ½ δ² only; it counts δ (|e| − ½ δ).": 5.75,
    }
    assert_program(submission.huber_decomposition(), 7.0, confusions, BENT)


@criterion("losses.huber.local")
def test_the_stages_of_huber_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    program = decomposition(submission.huber_decomposition(), tuple(BENT))
    assert_stages(program, submission.huber_local_derivatives(*BENT.values()), **BENT)


@criterion("losses.l2.decomposition")
def test_the_program_of_l2_by_hand(submission):
    """Return stages that come to 4 + 9 + 1 + 0.25.

    Catches: a factor ½, the square of the sum, stages that come to a vector.
    """
    confusions = {
        "There is a factor ½ that is not asked for.": 7.125,
        "The square is taken of the sum; take it of each error.": 0.25,
        "A root is taken; it is the sum of squares itself.": math.sqrt(14.25),
    }
    assert_program(submission.l2_decomposition(), 14.25, confusions, ERRORS)


@criterion("losses.l2.local")
def test_the_stages_of_l2_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    program = decomposition(submission.l2_decomposition(), tuple(ERRORS))
    assert_stages(program, submission.l2_local_derivatives(*ERRORS.values()), **ERRORS)


@criterion("losses.cosine.decomposition")
def test_the_program_of_cosine_by_hand(submission):
    """Return stages that come to 1 − 112/130.

    Catches: the similarity itself, a root left out, lengths left out.
    """
    confusions = {
        "This is the similarity; the loss is 1 less the similarity.": 112 / 130,
        "The sign is wrong: this is the similarity less 1.": -18 / 130,
        "The lengths are squared: a root is missing.": 1 - 112 / 130**2,
        "The product is not divided by the lengths.": 1 - 112.0,
        "The product is divided by a's length only.": 1 - 112 / 10,
        "The product is divided by b's length only.": 1 - 112 / 13,
    }
    assert_program(submission.cosine_decomposition(), 18 / 130, confusions, VECTORS)


@criterion("losses.cosine.local")
def test_the_stages_of_cosine_have_their_derivatives(submission):
    """Return, for each stage, its derivative by each operand that is a name.

    Catches: derivatives of other stages, or of the whole.
    """
    program = decomposition(submission.cosine_decomposition(), tuple(VECTORS))
    assert_stages(program, submission.cosine_local_derivatives(*VECTORS.values()), **VECTORS)
