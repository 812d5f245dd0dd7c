"""Hidden checks of output sizes: the places are counted one by one instead of taken from a formula.

Sizes are small whole numbers, so that nothing is lost in single precision. What is left over at the end is drawn
apart from the rest: only with it do rounding down, up and to the nearest differ.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, evaluated

pairs = st.tuples(st.integers(1, 6), st.integers(1, 6))
strides = st.integers(2, 4)
rests = st.tuples(st.integers(1, 3), st.integers(1, 3))
paddings = st.integers(0, 3)


def places(length: int, moved: int, stride: int) -> int:
    """How often something of length `moved` stands wholly inside `length`."""
    return sum(start % stride == 0 for start in range(length - moved + 1))


def covered(moved: int, steps: int, rest: int, stride: int) -> int:
    """A side with room for so many steps, and with a rest that is too short for another."""
    return moved + stride * steps + min(rest, stride - 1)


def convolution(image: tuple[int, int], kernel: tuple[int, int], stride: int, padding: int) -> list[int]:
    return [places(side + 2 * padding, part, stride) for side, part in zip(image, kernel, strict=True)]


def pooling(image: tuple[int, int], window: int, stride: int) -> list[int]:
    return [places(side, window, stride) for side in image]


def convolution_size(submission, image, kernel, stride, padding):
    """Return the submission's size of a convolution; of formulas, their values."""
    names = {"J": image[0], "K": image[1], "M": kernel[0], "N": kernel[1], "stride": stride, "padding": padding}
    return evaluated(submission.convolution_size(image, kernel, stride, padding), what="the size", **names)


def pooling_size(submission, image, window, stride):
    """Return the submission's size of a max pool; of formulas, their values."""
    names = {"J": image[0], "K": image[1], "window": window, "stride": stride}
    return evaluated(submission.pooling_size(image, window, stride), what="the size", **names)


@criterion("sizes.convolution.formula")
@given(kernel=pairs, steps=pairs, stride=strides, padding=paddings, rest=rests)
@settings(max_examples=12)
def test_rows_and_columns_left_over_are_not_used(submission, kernel, steps, stride, padding, rest):
    """Count the places of the kernel where rows and columns are left over at the end.

    Catches: rounding up or to the nearest, no rounding, the padding counted once, no + 1, sides exchanged.
    """
    padded = [covered(*side, stride) for side in zip(kernel, steps, rest, strict=True)]
    image = (max(1, padded[0] - 2 * padding), max(1, padded[1] - 2 * padding))
    got = convolution_size(submission, image, kernel, stride, padding)
    assert_close(got, convolution(image, kernel, stride, padding), what="the size")


@criterion("sizes.convolution.formula")
@given(image=pairs, smaller=pairs, padding=paddings)
@settings(max_examples=6)
def test_every_place_counts_at_stride_one(submission, image, smaller, padding):
    """Count each place of the kernel where the stride is 1.

    Catches: a stride that is taken for granted.
    """
    kernel = (min(image[0], smaller[0]), min(image[1], smaller[1]))
    got = convolution_size(submission, image, kernel, 1, padding)
    assert_close(got, convolution(image, kernel, 1, padding), what="the size")


@criterion("sizes.convolution.formula")
def test_a_kernel_as_large_as_the_padded_image_has_one_place(submission):
    """Have one row and one column where the kernel just fits, whatever the stride.

    Catches: sizes that are divided by the stride before 1 is added in the wrong place.
    """
    assert_close(convolution_size(submission, (3, 4), (5, 6), 3, 1), (1, 1), what="the size")


@criterion("sizes.convolution.formula")
def test_convolutions_of_large_images(submission):
    """Count the places in images of hundreds of rows and columns, also for kernels and strides as large.

    Catches: sizes of eight bits, a largest size, a stride beyond the image.
    """
    for image, kernel, stride, padding in (
        ((300, 1000), (7, 3), 2, 3), ((1, 1), (1, 1), 5, 0), ((1, 1), (301, 300), 1, 150),
        ((400, 300), (1, 1), 1000, 0), ((130, 257), (128, 1), 1, 0),
    ):  # fmt: skip
        got = convolution_size(submission, image, kernel, stride, padding)
        assert_close(got, convolution(image, kernel, stride, padding), what="the size")


@criterion("sizes.pooling.formula")
@given(window=st.integers(1, 5), steps=pairs, stride=strides, rest=rests)
@settings(max_examples=12)
def test_pooling_leaves_the_rest_out(submission, window, steps, stride, rest):
    """Count the windows where rows and columns are left over at the end.

    Catches: rounding up or to the nearest, no + 1, the stride taken for the window, sides exchanged.
    """
    image = (covered(window, steps[0], rest[0], stride), covered(window, steps[1], rest[1], stride))
    assert_close(pooling_size(submission, image, window, stride), pooling(image, window, stride), what="the size")


@criterion("sizes.pooling.formula")
def test_windows_side_by_side_divide_the_image(submission):
    """Divide each side by the window where the stride equals it and nothing is left over.

    Catches: one window too many.
    """
    assert_close(pooling_size(submission, (12, 9), 3, 3), (4, 3), what="the size")


@criterion("sizes.pooling.formula")
def test_pooling_of_large_images(submission):
    """Count the windows in images of hundreds of rows and columns, also for windows and strides as large.

    Catches: sizes of eight bits, a largest size, a stride beyond the image.
    """
    for image, window, stride in (
        ((300, 1000), 3, 2), ((1, 1), 1, 5), ((300, 301), 300, 1), ((400, 300), 1, 1000), ((300, 515), 1, 1),
    ):  # fmt: skip
        assert_close(pooling_size(submission, image, window, stride), pooling(image, window, stride), what="the size")


@criterion("sizes.convolution.formula")
def test_large_numbers_count_like_small_ones(submission):
    """Count the places of large kernels, far apart, with more padding than the kernel is large.

    Catches: strides, kernels or paddings that are cut off.
    """
    for case in (((300, 517), (31, 64), 40, 90), ((9, 7), (3, 2), 11, 25)):
        assert_close(convolution_size(submission, *case), convolution(*case), what="the size")


@criterion("sizes.pooling.formula")
def test_large_windows_count_like_small_ones(submission):
    """Count the places of large windows, far apart.

    Catches: strides or windows that are cut off.
    """
    for case in (((300, 517), 64, 50), ((23, 150), 5, 17)):
        assert_close(pooling_size(submission, *case), pooling(*case), what="the size")
