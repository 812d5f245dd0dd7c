"""Public check of the sheet for back-propagation by hand: of its form, since the values on it are yours alone."""

from grader.checks import assert_complete, criterion


@criterion("backprop.by_hand.sheet")
def test_every_value_is_filled_in_and_can_be_read(submission):
    """Fill in every value of the sheet as one number; an output of a sigmoid lies between 0 and 1.

    Catches: lines left blank, taken away or filled with words; two numbers for one value; zeros.
    """
    assert_complete(submission.sheet)
