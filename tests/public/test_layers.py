"""Public checks of the layers: small cases that one can follow with pencil and paper."""

import numpy as np

from grader.checks import assert_close, criterion, fail, numbers

IMAGE = np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]])
KERNEL = np.array([[[[9.0, 2.0, 7.0], [4.0, 5.0, 1.0], [8.0, 3.0, 6.0]]]])
# Two images of two rows and three columns, in two channels.
PAIR = np.arange(1.0, 25.0).reshape(2, 2, 2, 3)

X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
W = np.array([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]])
B = np.array([100.0, 200.0])
DY = np.array([[1.0, 10.0], [100.0, 1000.0]])


def gradients(answer: object, function: str) -> list[object]:
    """Return dx, dw and db of a backward function's answer."""
    if not isinstance(answer, tuple | list) or len(answer) != 3:
        fail(f"{function} does not return three arrays (dx, dw, db)", f"got: {answer!r:.300}")
    return list(answer)


# Convolution


@criterion("layers.convolution.forward")
def test_a_single_bright_pixel_shows_the_kernel_from_its_other_end(submission):
    """Return the kernel turned by 180° for an image that is 0 but for a 1 in its middle.

    The pixel above the middle meets it with the kernel entry below the kernel's middle, and so on.

    Catches: kernels turned round in the forward direction (convolution), transposed kernels.
    """
    image = np.zeros((1, 1, 3, 3))
    image[0, 0, 1, 1] = 1
    confusions = {
        "This is convolution: the kernel is turned round, and it must not be.": KERNEL,
        "Rows and columns of the kernel are exchanged.": KERNEL[:, :, ::-1, ::-1].swapaxes(2, 3),
    }
    got = submission.conv_forward(image, KERNEL, np.zeros(1))
    assert_close(got, KERNEL[:, :, ::-1, ::-1], what="the output", confusions=confusions)


@criterion("layers.convolution.forward")
def test_the_border_is_padded_on_all_sides(submission):
    """Count, with a kernel and an image of ones, how many pixels each place has around it.

    Catches: padding on one side only, no padding.
    """
    image, kernel = np.ones((1, 1, 4, 5)), np.ones((1, 1, 3, 3))
    around = np.outer([2, 3, 3, 2], [2, 3, 3, 3, 2])[None, None]
    before = np.outer([1, 2, 3, 3], [1, 2, 3, 3, 3])[None, None]
    confusions = {
        "The zeros stand above and to the left only; they belong around the image.": before,
        "The zeros stand below and to the right only; they belong around the image.": before[:, :, ::-1, ::-1],
        "There is no padding: the output must be as large as the image.": np.full((1, 1, 2, 3), 9),
    }
    assert_close(submission.conv_forward(image, kernel, np.zeros(1)), around, what="the output", confusions=confusions)


@criterion("layers.convolution.forward")
def test_channels_are_summed_and_each_filter_has_its_bias(submission):
    """Mix two channels into three outputs with kernels of one entry.

    Catches: channels that are not summed, (in, out) for (out, in), a bias left out.
    """
    w = np.array([[1.0, 10.0], [2.0, -1.0], [0.0, 3.0]]).reshape(3, 2, 1, 1)
    first, second = PAIR[:, 0], PAIR[:, 1]
    mixed = np.stack([first + 10 * second, 2 * first - second, 3 * second], axis=1)
    b = np.array([0.5, -1.5, 2.5])
    confusions = {"The bias is left out.": mixed}
    got = submission.conv_forward(PAIR, w, b)
    assert_close(got, mixed + b[:, None, None], what="the output", confusions=confusions)


@criterion("layers.convolution.dx")
def test_each_output_gives_its_gradient_to_what_it_has_seen(submission):
    """Give the image the kernel where the middle output has seen it, and a part of it from a corner.

    Catches: a kernel that is not turned by 180° where dx is found as a correlation of dy.
    """
    dy = np.zeros((1, 1, 3, 3))
    dy[0, 0, 1, 1], dy[0, 0, 0, 0] = 1, 100
    # The middle output has seen pixel (i, j) through entry (i, j), the one in the corner through (i + 1, j + 1).
    expected = KERNEL.copy()
    expected[0, 0, :2, :2] += 100 * KERNEL[0, 0, 1:, 1:]
    turned = KERNEL[:, :, ::-1, ::-1].copy()
    turned[0, 0, :2, :2] += 100 * turned[0, 0, 1:, 1:]
    confusions = {"The kernel is the wrong way round: dx correlates dy with the kernel turned by 180°.": turned}
    dx = gradients(submission.conv_backward(dy, IMAGE, KERNEL), "conv_backward")[0]
    assert_close(dx, expected, what="dx", confusions=confusions)


@criterion("layers.convolution.dx")
def test_a_channel_hears_from_all_filters(submission):
    """Sum what all filters send back to a channel, with kernels of one entry.

    Catches: `[r:-r]` at r = 0, which is empty; filters that are not summed.
    """
    w = np.array([[1.0, 10.0], [2.0, -1.0], [0.0, 3.0]]).reshape(3, 2, 1, 1)
    dy = np.stack([PAIR[:, 0], 100 * PAIR[:, 0], 1000 * PAIR[:, 1]], axis=1)
    expected = np.stack([dy[:, 0] + 2 * dy[:, 1], 10 * dy[:, 0] - dy[:, 1] + 3 * dy[:, 2]], axis=1)
    dx = gradients(submission.conv_backward(dy, PAIR, w), "conv_backward")[0]
    assert_close(dx, expected, what="dx")


@criterion("layers.convolution.dw")
def test_the_kernel_learns_from_what_it_has_seen(submission):
    """Return, for one output's gradient, that number times the part of the image that the output has seen.

    Catches: dw turned round, images of a batch that are not summed, a mean over the batch.
    """
    images = np.concatenate([IMAGE, IMAGE**2])
    dy = np.zeros((2, 1, 3, 3))
    dy[:, 0, 1, 1] = 100, 1
    expected = 100 * IMAGE + IMAGE**2
    confusions = {
        "dw is turned by 180°.": expected[:, :, ::-1, ::-1],
        "dw is divided by the number of images; the loss is a mean already.": expected / 2,
    }
    dw = gradients(submission.conv_backward(dy, images, KERNEL), "conv_backward")[1]
    assert_close(dw, expected, what="dw", confusions=confusions)


@criterion("layers.convolution.db")
def test_a_bias_learns_from_every_place(submission):
    """Add up the gradients of a filter's outputs over images, rows and columns.

    Catches: db that is not summed over the batch or over space, means for sums.
    """
    confusions = {
        "The gradients are averaged; they must be added up.": PAIR.mean(axis=(0, 2, 3)),
        "db has one number for each filter: add up rows and columns too.": PAIR.sum(axis=0),
        "db has one number for each filter: add up the images too.": PAIR.sum(axis=(2, 3)),
    }
    db = gradients(submission.conv_backward(PAIR, PAIR, np.ones((2, 2, 1, 1))), "conv_backward")[2]
    assert_close(db, [114.0, 186.0], what="db", confusions=confusions)


# Pooling

# Its last column belongs to no window.
WINDOWS = np.array([[[[1.0, 4.0, -5.0, -8.0, 9.0], [3.0, 2.0, -7.0, -6.0, 9.0]]]])


@criterion("layers.pooling.forward")
def test_each_window_gives_its_largest_entry(submission):
    """Return 4, -5 and 7, and nothing for the odd column.

    Catches: means, windows that begin at the largest of 0, odd sizes.
    """
    confusions = {
        "This is the mean of each window; the largest entry is asked for.": [[[[2.5, -6.5, 4.0]]]],
        "0 is larger than all entries of a window of negative ones, but does not stand in it.": [[[[4.0, 0.0, 7.0]]]],
        "Only the first window's entry is written: does a loop end after its first round?": [[[[4.0, 0.0, 0.0]]]],
    }
    x = np.array([[[[1.0, 4.0, -5.0, -8.0, 2.0, 6.0, 9.0], [3.0, 2.0, -7.0, -6.0, 7.0, 1.0, 9.0]]]])
    assert_close(submission.pool_forward(x), [[[[4.0, -5.0, 7.0]]]], what="the output", confusions=confusions)


@criterion("layers.pooling.gradient")
def test_the_largest_entry_gets_the_gradient(submission):
    """Give each window's gradient to its largest entry, 0 to all others and to the odd column.

    Catches: gradients spread over the window, gradients for what belongs to no window.
    """
    expected = [[[[0.0, 10.0, -20.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]]]]
    dx = submission.pool_backward(np.array([[[[10.0, -20.0]]]]), WINDOWS)
    quarters = [[[[2.5, 2.5, -5.0, -5.0, 0.0], [2.5, 2.5, -5.0, -5.0, 0.0]]]]
    confusions = {"This is the gradient of a mean: every entry gets a quarter.": quarters}
    assert_close(dx, expected, what="dx", confusions=confusions)


@criterion("layers.pooling.ties")
def test_equal_entries_share_the_gradient(submission):
    """Let the entries that are largest together get the window's gradient once, in any shares.

    Catches: the whole gradient to each of them.
    """
    dx = numbers(submission.pool_backward(np.array([[[[12.0]]]]), np.array([[[[5.0, 1.0], [5.0, 5.0]]]])), what="dx")
    twice = "Each of the largest entries gets all of the gradient; together they must get it once."
    confusions = {twice: 36.0}
    assert_close(np.sum(dx), 12.0, what="the sum of dx over the window", confusions=confusions)


# ReLU


@criterion("layers.relu.forward")
def test_negative_entries_become_zero(submission):
    """Keep what is positive and return 0 for the rest.

    Catches: absolute values, a slope below 0.
    """
    x = np.array([[-2.0, 3.0], [0.5, -0.25]])
    assert_close(submission.relu_forward(x), [[0.0, 3.0], [0.5, 0.0]], what="the output")


@criterion("layers.relu.gradient")
def test_the_gradient_passes_where_x_is_positive(submission):
    """Return dy where x is positive and 0 where it is negative, whatever the sign of dy.

    Catches: max(dy, 0), the sign of dy looked at in place of the sign of x.
    """
    dy, x = np.array([7.0, -7.0, 5.0, -5.0]), np.array([1.0, 1.0, -1.0, -1.0])
    confusions = {
        "This is max(dy, 0); what passes is decided by x.": [7.0, 0.0, 5.0, 0.0],
        "This is the derivative without dy.": [1.0, 1.0, 0.0, 0.0],
    }
    assert_close(submission.relu_backward(dy, x), [7.0, -7.0, 0.0, 0.0], what="dx", confusions=confusions)


# Flattening and the fully connected layer


@criterion("layers.linear.flatten")
def test_columns_run_fastest(submission):
    """Write each image as one row: channel by channel, row by row.

    Catches: another order, images that are mixed.
    """
    confusions = {"Channels run fastest; they must run slowest.": PAIR.transpose(0, 2, 3, 1).reshape(2, 12)}
    expected = np.arange(1.0, 25.0).reshape(2, 12)
    assert_close(submission.flatten_forward(PAIR), expected, what="the vectors", confusions=confusions)


@criterion("layers.linear.flatten")
def test_gradients_go_back_to_where_the_entries_came_from(submission):
    """Turn the gradients of the vectors back into images.

    Catches: another order than the forward one.
    """
    dy = np.arange(1.0, 25.0).reshape(2, 12)
    assert_close(submission.flatten_backward(dy, np.zeros(PAIR.shape)), PAIR, what="dx")


@criterion("layers.linear.forward")
def test_outputs_by_hand(submission):
    """Return 100 + 1 − 3 and so on: weights in rows of w, one for each output.

    Catches: (in, out) for (out, in), a bias left out.
    """
    confusions = {"The bias is left out.": [[-2.0, 4.0], [-2.0, 13.0]]}
    got = submission.linear_forward(X, W, B)
    assert_close(got, [[98.0, 204.0], [98.0, 213.0]], what="the output", confusions=confusions)


@criterion("layers.linear.dx")
def test_the_gradient_by_the_inputs_by_hand(submission):
    """Weigh the rows of w by dy and add them up.

    Catches: a transposed product.
    """
    dx = gradients(submission.linear_backward(DY, X, W), "linear_backward")[0]
    assert_close(dx, [[21.0, 10.0, -1.0], [2100.0, 1000.0, -100.0]], what="dx")


@criterion("layers.linear.dw")
def test_the_gradient_by_the_weights_by_hand(submission):
    """Return, in row m, the inputs weighed by the gradients of output m.

    Catches: a transposed product, a mean over the batch.
    """
    expected = np.array([[401.0, 502.0, 603.0], [4010.0, 5020.0, 6030.0]])
    confusions = {
        "dw is transposed: it has the shape of w, one row for each output.": expected.T,
        "dw is divided by the number of rows of x; the loss is a mean already.": expected / 2,
    }
    dw = gradients(submission.linear_backward(DY, X, W), "linear_backward")[1]
    assert_close(dw, expected, what="dw", confusions=confusions)


@criterion("layers.linear.db")
def test_the_gradient_by_the_biases_by_hand(submission):
    """Add up dy over the batch.

    Catches: db that is not summed, a mean over the batch.
    """
    confusions = {
        "db is divided by the number of rows of x; the loss is a mean already.": [50.5, 505.0],
        "dy must be added up over the batch.": DY,
    }
    db = gradients(submission.linear_backward(DY, X, W), "linear_backward")[2]
    assert_close(db, [101.0, 1010.0], what="db", confusions=confusions)


# Loss

LOGITS = np.log(np.array([[1.0, 2.0, 5.0], [4.0, 4.0, 2.0]]))
ONE_HOT = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
PROBABILITIES = np.array([[0.125, 0.25, 0.625], [0.4, 0.4, 0.2]])


@criterion("layers.loss.softmax")
def test_probabilities_by_hand(submission):
    """Return 1/8, 2/8, 5/8 for the logits ln 1, ln 2, ln 5.

    Catches: sums over the batch or over everything.
    """
    powers = np.array([[1.0, 2.0, 5.0], [4.0, 4.0, 2.0]])
    confusions = {
        "Each row must be divided by its own sum, not by that of the whole batch.": powers / 18,
        "Each row must be divided by its sum; these are sums over columns.": powers / powers.sum(axis=0),
    }
    assert_close(submission.softmax(LOGITS), PROBABILITIES, what="the probabilities", confusions=confusions)


@criterion("layers.loss.value")
def test_the_loss_by_hand(submission):
    """Return the mean of −ln 0.25 and −ln 0.4.

    Catches: a sum over the batch, a mean over classes too.
    """
    total = -np.log(0.25) - np.log(0.4)
    confusions = {
        "This is the sum over the batch; the loss is the mean.": total,
        "This is divided by the number of classes too; the loss is the mean over the batch alone.": total / 6,
        "The sign is wrong: a loss is not negative.": -total / 2,
    }
    got = submission.softmax_cross_entropy(LOGITS, ONE_HOT)
    assert_close(got, total / 2, what="the loss", confusions=confusions)


@criterion("layers.loss.gradient")
def test_the_gradient_of_the_loss_by_hand(submission):
    """Return the gradient of a mean of two terms.

    Catches: a gradient that is not divided by the size of the batch, though the loss is a mean.
    """
    expected = np.array([[0.0625, -0.375, 0.3125], [-0.3, 0.2, 0.1]])
    confusions = {
        "This is the gradient of the sum over the batch; the loss is the mean.": 2 * expected,
        "The sign is wrong.": -expected,
        "This is divided by the number of classes too; the loss is the mean over the batch alone.": expected / 3,
    }
    got = submission.softmax_cross_entropy_gradient(LOGITS, ONE_HOT)
    assert_close(got, expected, what="the gradient", confusions=confusions)


@criterion("layers.loss.stable")
def test_large_logits_do_not_overflow(submission):
    """Return probabilities of logits of thousands, where exp alone is infinite.

    Catches: exp without a shift.
    """
    large = np.array([[1000.0, 1000.0], [-1000.0, -1000.0]])
    assert_close(submission.softmax(large), [[0.5, 0.5], [0.5, 0.5]], what="the probabilities of large logits")
