"""Hidden checks of max pooling and ReLU: dense random images of many sizes, and laws.

Entries keep away from kinks and from each other; ties and zeros are made on purpose where they are asked about.
"""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import (
    arrays,
    assert_adjoint,
    assert_close,
    criterion,
    fail,
    in_company,
    in_fortran_order,
    numbers,
    refused,
    spread,
    with_gaps,
)

seeds = st.integers(0, 2**32 - 1)
few = st.integers(1, 3)


def shaped(got: object, shape: tuple[int, ...], what: str) -> np.ndarray:
    """Return `got` as an array, if it is one of this shape."""
    array = numbers(got, what=what)
    if array.shape != shape:
        fail(f"{what} has the wrong shape", f"expected {shape}, got {array.shape}")
    return array


# Pooling

images = arrays(st.tuples(few, few, st.integers(2, 7), st.integers(2, 7)))
ODD = spread((2, 3, 5, 7), seed=1)
EVEN = spread((1, 4, 28, 28), seed=2)
MANY = spread((11, 2, 2, 4), seed=3)


def windows(x: np.ndarray) -> np.ndarray:
    """The entries of each window: a view of shape (N, C, H / 2, W / 2, 2, 2)."""
    height, width = (size // 2 for size in x.shape[2:])
    whole = x[:, :, : 2 * height, : 2 * width]
    return whole.reshape(*x.shape[:2], height, 2, width, 2).swapaxes(3, 4)


def is_odd(x: np.ndarray) -> bool:
    return any(size % 2 for size in x.shape[2:])


def upstream(x: np.ndarray, seed: int) -> np.ndarray:
    return spread(windows(x).shape[:4], seed)


def at_largest(dy: np.ndarray, x: np.ndarray) -> np.ndarray:
    """dx where no two entries of a window are equal."""
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dy.shape):
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        dx[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2] = dy[n, c, i, j] * (window == window.max())
    return dx


@criterion("layers.pooling.forward")
@given(x=images)
@example(x=ODD)
@example(x=EVEN)
@example(x=in_fortran_order(MANY))
@example(x=with_gaps(MANY))
@settings(max_examples=5)
def test_outputs_are_the_largest_entries(submission, x):
    """Return the largest entry of each 2×2 window, for images of any size.

    Catches: overlapping windows, means, odd sizes, windows across channels, at most ten images, a misread memory order.
    """
    assert_close(submission.pool_forward(x), windows(x).max(axis=(4, 5)), what="the output")


@criterion("layers.pooling.forward")
def test_other_images_of_the_same_size_change_nothing(submission):
    """Return the same for the same images, whatever was asked before.

    Catches: results kept by size.
    """
    other = spread(MANY.shape, seed=4)
    got = in_company(submission.pool_forward, [MANY], [other])
    assert_close(got, windows(MANY).max(axis=(4, 5)), what="the output")


@criterion("layers.pooling.forward")
@given(x=images)
@settings(max_examples=3)
def test_outputs_of_negative_images_are_negative(submission, x):
    """Return the largest entry of windows in which all are negative.

    Catches: a search for the largest that starts at 0, absolute values.
    """
    assert_close(submission.pool_forward(-np.abs(x)), windows(-np.abs(x)).max(axis=(4, 5)), what="the output")


@criterion("layers.pooling.gradient")
@given(x=images, seed=seeds)
@example(x=ODD, seed=1)
@example(x=-np.abs(ODD), seed=2)
@example(x=in_fortran_order(MANY), seed=3)
@example(x=with_gaps(MANY), seed=4)
# Largest by a millionth, of 1 or of itself: near it is not equal to it, and 0 is not more than what is tiny.
@example(x=np.array([1.0, 0.0])[:, None, None] + 1e-6 * np.arange(24.0).reshape(1, 1, 4, 6), seed=5)
@settings(max_examples=5)
def test_the_gradient_goes_to_the_largest_entry(submission, x, seed):
    """Give each window's gradient to its largest entry, and 0 to all others, for images of any size.

    Odd sizes are asked for only where the forward pass has an answer: else its criterion pays for them.

    Catches: gradients spread over the window or left where the first entry is, odd sizes, dy left out, entries that
    are nearly largest, a misread memory order.
    """
    if is_odd(x) and refused(lambda: submission.pool_forward(x)):
        return
    dy = upstream(x, seed)
    assert_close(submission.pool_backward(dy, x), at_largest(dy, x), what="dx")


@criterion("layers.pooling.gradient")
def test_the_gradient_is_at_what_is_passed_in(submission):
    """Look for the largest entries in the images that are passed in, whatever went forwards or backwards before.

    Catches: images kept from the forward pass, results kept by size.
    """
    other = spread(MANY.shape, seed=4)
    refused(lambda: submission.pool_forward(other))
    dy, others = upstream(MANY, seed=5), [upstream(MANY, seed=6), other]
    got = in_company(submission.pool_backward, [dy, MANY], others)
    assert_close(got, at_largest(dy, MANY), what="dx")


@criterion("layers.pooling.gradient")
def test_the_gradient_of_pooling_passes_the_dot_product_test(submission):
    """Have <J u, dy> equal <u, dx> at the size of the network's first pooling.

    Catches: every wrong dx.
    """
    dy, u = upstream(EVEN, seed=3), spread(EVEN.shape, seed=4)
    chosen = windows(EVEN) == windows(EVEN).max(axis=(4, 5), keepdims=True)
    forward = (windows(u) * chosen).sum(axis=(4, 5))
    dx = numbers(submission.pool_backward(dy, EVEN), what="dx")
    assert_adjoint(forward=forward, v=dy, u=u, backward=dx, what="<u, dx> beside <J u, dy>")


@criterion("layers.pooling.ties")
@given(shape=st.tuples(few, few, st.integers(2, 6), st.integers(2, 6)), seed=seeds)
@example(shape=(1, 1, 6, 6), seed=1)
@settings(max_examples=4)
def test_equal_entries_share_the_gradient(submission, shape, seed):
    """Share a window's gradient among the entries that are largest together; others get nothing.

    Any shares are right that are not negative and add up to the whole. Where odd sizes have no answer, that is the
    other criteria's.

    Catches: the whole gradient to each of the largest, negative shares.
    """
    x = np.random.default_rng(seed).integers(-1, 1, shape).astype(float)  # −1 and 0: most windows have ties
    dy = upstream(x, seed)
    if is_odd(x) and refused(lambda: submission.pool_backward(dy, x)):
        return
    shares = windows(shaped(submission.pool_backward(dy, x), x.shape, "dx"))
    assert_close(shares.sum(axis=(4, 5)), dy, what="the sum of dx over each window")
    largest = windows(x) == windows(x).max(axis=(4, 5), keepdims=True)
    if np.any(shares * np.sign(dy)[..., None, None] < 0) or np.any(shares[~largest] != 0):
        fail("a window's gradient is shared wrongly: a share is negative or goes to an entry that is not largest")


# ReLU

shapes = st.lists(st.integers(1, 4), min_size=1, max_size=4).map(tuple)
DENSE = spread((2, 3, 4, 5), seed=5)


@criterion("layers.relu.forward")
@given(x=arrays(shapes, low=1e-3, high=3.0))
@example(x=DENSE)
@settings(max_examples=5)
def test_relu_keeps_what_is_positive(submission, x):
    """Return max(x, 0) for arrays of any shape.

    Catches: absolute values, a slope below 0, a ceiling.
    """
    assert_close(submission.relu_forward(10 * x), np.where(x > 0, 10 * x, 0), what="the output", atol=1e-12)


@criterion("layers.relu.forward")
@given(scale=st.sampled_from((1e-7, 1e3)), arrange=st.sampled_from((in_fortran_order, with_gaps)))
@settings(max_examples=4)
def test_relu_keeps_what_is_small_or_large(submission, scale, arrange):
    """Return max(x, 0) for numbers of any size, however they lie in memory and whatever was asked before.

    Catches: a ceiling, a threshold above 0, results kept by shape, a misread memory order.
    """
    x, other = scale * DENSE, spread(DENSE.shape, seed=15)
    got = in_company(submission.relu_forward, [arrange(x)], [other])
    assert_close(numbers(got, what="the output") / scale, np.where(x > 0, DENSE, 0), what="the output, scaled")


@criterion("layers.relu.forward")
def test_relu_of_zero_is_zero(submission):
    """Return 0 at 0.

    Catches: a step in place of a ramp.
    """
    assert_close(submission.relu_forward(np.array([0.0, 1.0, -1.0])), [0.0, 1.0, 0.0], what="the output")


@criterion("layers.relu.gradient")
@given(x=arrays(shapes, low=1e-3, high=3.0), seed=seeds)
@example(x=DENSE, seed=1)
@settings(max_examples=5)
def test_the_gradient_passes_where_x_is_positive(submission, x, seed):
    """Return dy where x is positive, whatever its sign, and 0 where x is negative.

    Catches: max(dy, 0), a mask by dy, dy left out, a slope below 0.
    """
    dy = spread(x.shape, seed)
    expected = np.where(x > 0, dy, 0)
    # `atol`, since all of x may be negative.
    assert_close(submission.relu_backward(dy, x), expected, what="dx", atol=1e-12)


@criterion("layers.relu.gradient")
@given(scale=st.sampled_from((1e-7, 1e3)), arrange=st.sampled_from((in_fortran_order, with_gaps)))
@settings(max_examples=4)
def test_the_gradient_of_relu_is_at_what_is_passed_in(submission, scale, arrange):
    """Look for the signs of the x that is passed in, whatever went forwards before; dy may be of any size.

    Catches: x kept from the forward pass, results kept by shape, gradients cut off, a misread memory order.
    """
    x, other, dy = scale * DENSE, spread(DENSE.shape, seed=15), spread(DENSE.shape, seed=16) / scale
    refused(lambda: submission.relu_forward(other))
    got = in_company(submission.relu_backward, [arrange(dy), arrange(x)], [-dy, other])
    assert_close(numbers(got, what="dx") * scale, np.where(x > 0, dy, 0) * scale, what="dx, scaled")


@criterion("layers.relu.gradient")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_gradient_at_zero_is_a_part_of_dy(submission, seed):
    """Return dy times a number from 0 to 1 where x is 0, and the usual elsewhere.

    Catches: nan at 0, -dy at 0, a dy of 0 taken for another.
    """
    dy, x = spread((3, 4), seed), spread((3, 4), seed + 1)
    x[1], x[0, 0], dy[0, 0] = 0, 1, 0
    dx = shaped(submission.relu_backward(dy, x), x.shape, "dx")
    assert_close(dx[[0, 2]], np.where(x > 0, dy, 0)[[0, 2]], what="dx away from 0", atol=1e-12)
    shares = numbers(dx[1], what="dx") / dy[1]
    if not np.all((shares > -1e-6) & (shares < 1 + 1e-6)):
        fail("dx where x is 0 is not dy times a number from 0 to 1", f"dx / dy = {shares}")
