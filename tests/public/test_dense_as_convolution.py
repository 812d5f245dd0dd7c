"""Public checks of a dense layer as a convolution: entries that name their place, and one window."""

import numpy as np

from grader.checks import assert_close, criterion, spread


@criterion("dense.kernels.layout")
def test_each_weight_finds_its_place(submission):
    """Put weight (c · H + i) · W + j of an output at channel c, row i and column j of its kernel.

    Catches: channels last, rows and columns exchanged, kernels turned round.
    """
    # Two outputs for images of 2 channels, 2 rows and 3 columns; the entries count what they stand for.
    weights = np.arange(24.0).reshape(2, 12)
    expected = [
        [[[0, 1, 2], [3, 4, 5]], [[6, 7, 8], [9, 10, 11]]],
        [[[12, 13, 14], [15, 16, 17]], [[18, 19, 20], [21, 22, 23]]],
    ]
    confusions = {
        "The kernels are turned round; a convolution of deep learning does not turn them.": np.flip(expected, (2, 3)),
        "The channels are taken for the last axis of the image.": weights.reshape(2, 2, 3, 2).transpose(0, 3, 1, 2),
        "Rows and columns are exchanged.": weights.reshape(2, 2, 3, 2).transpose(0, 1, 3, 2),
    }
    assert_close(submission.dense_kernels(weights, 2, 2, 3), expected, what="the kernels", confusions=confusions)


@criterion("dense.everywhere.windows")
def test_at_its_own_size_the_layer_is_itself(submission):
    """Return the dense layer's outputs, as one row and column, for an image of the layer's own size.

    Catches: the bias left out, kernels turned round.
    """
    image, weights, bias = spread((2, 2, 3), seed=1), spread((4, 12), seed=2), spread(4, seed=3)
    expected = weights @ image.reshape(-1) + bias
    confusions = {"The bias is left out.": (expected - bias)[:, None, None]}
    got = submission.dense_everywhere(image, weights, bias, 2, 3)
    assert_close(got, expected[:, None, None], what="the outputs", confusions=confusions)
