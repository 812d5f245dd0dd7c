"""Public checks of output sizes: two sizes each that one can count on paper."""

from grader.checks import assert_close, criterion, evaluated


def convolution_size(submission, image, kernel, stride, padding):
    """Return the submission's size of a convolution; of formulas, their values."""
    names = {"J": image[0], "K": image[1], "M": kernel[0], "N": kernel[1], "stride": stride, "padding": padding}
    return evaluated(submission.convolution_size(image, kernel, stride, padding), what="the size", **names)


def pooling_size(submission, image, window, stride):
    """Return the submission's size of a max pool; of formulas, their values."""
    names = {"J": image[0], "K": image[1], "window": window, "stride": stride}
    return evaluated(submission.pooling_size(image, window, stride), what="the size", **names)


@criterion("sizes.convolution.formula")
def test_two_convolutions_counted_on_paper(submission):
    """Count the places of a 5 × 2 kernel on 5 × 7 and on 6 × 10 pixels with padding 3 and strides of 2 and 3.

    Catches: rounding up, the padding counted once, no + 1, rows and columns exchanged.
    """
    # 11 × 13 with the padding: rows 0, 2, 4, 6 and columns 0, 2, 4, 6, 8, 10. Then 12 × 16: rows 0, 3, 6 and
    # columns 0, 3, 6, 9, 12.
    confusions = {
        "This is rounded up: a place where the kernel reaches over the end does not count.": [(4, 7), (4, 6)],
        "The padding is counted once; it lies on both sides.": [(2, 5), (2, 4)],
        "The first place is not counted: there is one more than there are steps.": [(3, 5), (2, 4)],
        "1 is added before dividing.": [(3, 6), (2, 5)],
        "Rows and columns of the result are exchanged.": [(6, 4), (5, 3)],
    }
    sizes = [
        convolution_size(submission, (5, 7), (5, 2), 2, 3),
        convolution_size(submission, (6, 10), (5, 2), 3, 3),
    ]
    assert_close(sizes, [(4, 6), (3, 5)], what="the list of both sizes", confusions=confusions)


@criterion("sizes.pooling.formula")
def test_two_pools_counted_on_paper(submission):
    """Count the windows of 4 × 4 pixels on 6 × 11 with a stride of 3, and of 2 × 2 on 5 × 11 with one of 4.

    Catches: rounding up, no + 1, the stride taken for the window, rows and columns exchanged.
    """
    # Row 0 and columns 0, 3 and 6. Then row 0 and columns 0, 4 and 8.
    confusions = {
        "This is rounded up: a place where the window reaches over the end does not count.": [(2, 4), (2, 4)],
        "The first place is not counted: there is one more than there are steps.": [(0, 2), (0, 2)],
        "This is the image divided by the stride; windows may overlap.": [(2, 3), (1, 2)],
        "This is the image divided by the window; the stride may be another.": [(1, 2), (2, 5)],
        "Rows and columns of the result are exchanged.": [(3, 1), (3, 1)],
    }
    sizes = [pooling_size(submission, (6, 11), 4, 3), pooling_size(submission, (5, 11), 2, 4)]
    assert_close(sizes, [(1, 3), (1, 3)], what="the list of both sizes", confusions=confusions)
