"""Hidden checks: staff keep them. What is right follows from laws and not from the reference's own formula."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, spread

shapes = st.tuples(st.integers(1, 3), st.integers(2, 4))


@criterion("starter.softmax.rows")
@given(shape=shapes, seed=st.integers(0, 9))
@settings(max_examples=8)
def test_scores_are_the_logarithms_of_the_odds(submission, shape, seed):
    """Give back the probabilities whose logarithms are the scores.

    Catches: another base, rows and columns exchanged, scores that are not exponentiated.
    """
    weights = np.abs(spread(shape, seed))
    expected = weights / weights.sum(axis=1, keepdims=True)
    assert_close(submission.softmax(np.log(weights)), expected, what="the softmax")


@criterion("starter.softmax.rows")
def test_the_scores_are_left_as_they_are(submission):
    """Leave the scores as they are.

    Catches: the largest score subtracted in place.
    """
    scores = np.array([[1.0, 2.0], [4.0, 3.0]])
    _, (after,) = submission.softmax.with_arguments(scores)
    assert_close(after, scores, what="the argument after the call")


@criterion("starter.softmax.large")
@given(shape=shapes, seed=st.integers(0, 9), shift=st.sampled_from([-1000.0, 1000.0]))
@settings(max_examples=8)
def test_a_number_added_to_all_scores_of_a_row_changes_nothing(submission, shape, seed, shift):
    """Return the same probabilities when one large number is added to all scores of a row.

    Catches: overflow of large scores, nothing left of small ones, the largest score of all rows subtracted.
    """
    weights = np.abs(spread(shape, seed))
    shifts = np.zeros((shape[0], 1))
    shifts[0] = shift
    expected = weights / weights.sum(axis=1, keepdims=True)
    assert_close(submission.softmax(np.log(weights) + shifts), expected, what="the softmax")


@criterion("starter.softmax.large")
def test_scores_far_apart(submission):
    """Give everything to the larger of two scores that are 1000 apart.

    Catches: the smallest score subtracted, so that the largest still overflows.
    """
    assert_close(submission.softmax(np.array([[0.0, 1000.0]])), [[0.0, 1.0]], what="the softmax")
