"""Public checks of the chain rule: decompositions that one can follow by hand."""

import numpy as np

from grader.checks import assert_close, criterion

Z = np.array([0.5, -1.0, 2.0])
ONE = np.ones(3)


@criterion("chain_rule.composed.chains")
def test_a_chain_of_three_stages(submission):
    """Return 6 z for 3 z² + 1: the product of the derivatives of the stages.

    Catches: sums for products, the last stage's derivative alone, numbers counted as operands that have one.
    """
    stages = [("s", "square", ("z",)), ("t", "multiply", (3.0, "s")), ("y", "add", ("t", 1.0))]
    local = [(2 * Z,), (3 * ONE,), (ONE,)]
    answer = submission.chain_rule(stages, local)
    confusions = {
        "The derivatives along a path are added up; multiply them.": 2 * Z + 3 + 1,
        "This is the derivative of the first stage alone.": 2 * Z,
        "Nothing arrives at z: start from 1 at the last stage, and go through the stages backwards.": 0 * Z,
    }
    assert_close(answer, 6 * Z, what="the derivative of 3 z² + 1", confusions=confusions)


@criterion("chain_rule.composed.paths")
def test_two_paths_are_added_up(submission):
    """Return 3 z² + 2 z for z³ + z²: the stage z² is used twice, and so is z.

    Catches: one path for all, a later path written over an earlier one, all derivatives multiplied.
    """
    stages = [("s", "square", ("z",)), ("c", "multiply", ("s", "z")), ("y", "add", ("c", "s"))]
    local = [(2 * Z,), (Z, Z**2), (ONE, ONE)]
    confusions = {
        "Only the path through all stages is counted.": 2 * Z**2,
        "z is an operand of the product too, and that path is missing.": 2 * Z**2 + 2 * Z,
        "z² is used by the last stage too, and that path is missing.": 3 * Z**2,
    }
    answer = submission.chain_rule(stages, local)
    assert_close(answer, 3 * Z**2 + 2 * Z, what="the derivative of z³ + z²", confusions=confusions)
