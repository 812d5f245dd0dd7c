"""Public checks: students get them. Numbers that one can find by hand."""

import numpy as np

from grader.checks import assert_close, criterion


@criterion("starter.softmax.rows")
def test_odds_of_three_to_one(submission):
    """Turn the scores 0 and log 3 into the probabilities 1/4 and 3/4, and equal scores into equal ones.

    Catches: the sum taken over columns or over everything.
    """
    got = submission.softmax(np.array([[0.0, np.log(3.0)], [1.0, 1.0]]))
    assert_close(got, [[0.25, 0.75], [0.5, 0.5]], what="the softmax")


@criterion("starter.softmax.large")
def test_equal_scores_of_a_thousand(submission):
    """Share equally between two scores of 1000.

    Catches: exponentials that overflow.
    """
    assert_close(submission.softmax(np.array([[1000.0, 1000.0]])), [[0.5, 0.5]], what="the softmax")
