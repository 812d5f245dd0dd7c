"""The checks of the first exercise."""

import numpy as np

from grader.checks import assert_close, criterion


@criterion("first.standardise.columns")
def test_two_columns_by_hand(submission):
    """Return -1, 1 for each of two columns of two numbers.

    Catches: one mean for all columns, or the mean of rows.
    """
    x = np.array([[1.0, 10.0], [3.0, 30.0]])
    assert_close(submission.standardise(x), [[-1.0, -1.0], [1.0, 1.0]], what="standardise(x)")


@criterion("first.standardise.equal")
def test_a_column_of_equal_numbers(submission):
    """Return zeros for a column of equal numbers, and -1, 1 for the other.

    Catches: a division by the deviation where that is 0.
    """
    x = np.array([[1.0, 5.0], [3.0, 5.0]])
    assert_close(submission.standardise(x), [[-1.0, 0.0], [1.0, 0.0]], what="standardise(x)")
