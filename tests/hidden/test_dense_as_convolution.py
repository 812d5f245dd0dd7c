"""Hidden checks of a dense layer as a convolution: the layer itself, on each window of an image."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
    assert_close,
    at_edges,
    criterion,
    fail,
    in_company,
    in_fortran_order,
    numbers,
    spread,
    with_gaps,
)

# Few, since a failing seed is shrunk as any number is, and each try costs a call.
seeds = st.integers(0, 9)
# Rows and columns differ, and so do their number and that of channels, or exchanging them could not be told.
sizes = st.sampled_from([(2, 3, 4), (3, 2, 4), (3, 4, 2), (2, 4, 3)])


def places(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """The convolution of an image with one kernel, place by place."""
    _, height, width = kernel.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    return np.array(
        [[(image[:, r : r + height, c : c + width] * kernel).sum() for c in range(columns)] for r in range(rows)]
    )


@criterion("dense.kernels.layout")
@given(size=sizes, seed=seeds)
@settings(max_examples=4)
def test_the_kernels_give_the_layers_outputs(submission, size, seed):
    """Return kernels whose convolution of an image gives what the dense layer gives for it.

    Catches: channels last, rows and columns exchanged, kernels turned round, outputs in columns, a misread memory
    order, kernels that are kept.
    """
    weights, image = spread((3, int(np.prod(size))), seed), spread(size, seed + 1)
    arrange = with_gaps if seed % 2 else in_fortran_order
    got = in_company(submission.dense_kernels, [arrange(weights), *size], [weights[::-1] + 0.5, *size])
    kernels = numbers(got, what="the kernels")
    if kernels.shape != (3, *size):
        fail("the kernels have the wrong shape", f"expected {(3, *size)}, got {kernels.shape}")
    outputs = [places(image, kernel.astype(float)).item() for kernel in kernels]
    # An output in which large terms cancel out has as many right digits as its terms.
    expected = weights @ image.reshape(-1)
    scale = float(np.abs(weights).sum(axis=1).max() * 2)
    digits = np.finfo(kernels.dtype if kernels.dtype.kind == "f" else float).eps
    assert_close(outputs, expected, what="the convolution with the kernels", atol=float(100 * digits * scale))


@criterion("dense.everywhere.windows")
@given(size=sizes, more=st.tuples(st.integers(0, 3), st.integers(2, 3)), seed=seeds)
@settings(max_examples=5)
def test_it_is_the_layer_on_each_window(submission, size, more, seed):
    """Return what the dense layer says of each window of a larger image, and where.

    Catches: the bias left out, kernels turned round, another order of the pixels, windows side by side, padding, a
    misread memory order, outputs that are kept.
    """
    channels, height, width = size
    image = spread((channels, height + more[0], width + more[1]), seed)
    weights, bias = spread((3, channels * height * width), seed + 1), spread(3, seed + 2)
    expected = np.empty((3, more[0] + 1, more[1] + 1))
    for row, column in np.ndindex(expected.shape[1:]):
        window = image[:, row : row + height, column : column + width]
        expected[:, row, column] = weights @ window.reshape(-1) + bias
    one, other = (with_gaps, in_fortran_order) if seed % 2 else (in_fortran_order, with_gaps)
    given_ = [one(image), other(weights), with_gaps(bias), height, width]
    got = in_company(submission.dense_everywhere, given_, [image[::-1] + 0.5, -weights, bias + 1, height, width])
    assert_close(got, expected, what="the outputs")


@criterion("dense.kernels.layout")
def test_kernels_at_the_edges_of_what_they_may_be_asked(submission):
    """Return kernels of one output, channel, row or column and of many, of zeros, equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing.
    """
    for what, kernels in [*at_edges(3, 2, 3, 4).items(), ("square kernels", spread((3, 2, 4, 4), 1))]:
        weights = np.stack([kernel.ravel() for kernel in kernels])
        got = submission.dense_kernels(weights, *kernels.shape[1:])
        assert_close(got, kernels, what=f"the kernels for {what}")


@criterion("dense.everywhere.windows")
def test_windows_at_the_edges_of_what_they_may_be_asked(submission):
    """Return outputs for one place, channel or output and for many, for zeros, equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    usual = (2, 4, 5), (3, 2, 2, 3), (3,)
    sizes = (
        ((2, 2, 3), (3, 2, 2, 3)), ((1, 4, 5), (3, 1, 2, 3)), ((2, 4, 5), (1, 2, 2, 3)), ((2, 4, 5), (3, 2, 1, 1)),
        ((1, 1, 1), (1, 1, 1, 1)), ((1, 307, 2), (1, 1, 2, 2)), ((1, 2, 307), (1, 1, 2, 2)),
        ((2, 3, 3), (307, 2, 2, 2)), ((2, 4, 4), (3, 2, 3, 3)),
    )  # fmt: skip
    problems = [
        (f"{image} and {kernels}", *map(spread, (image, kernels, kernels[:1]), (1, 2, 3))) for image, kernels in sizes
    ]
    for place, shape in enumerate(usual):
        for what, array in at_edges(*shape, long=()).items():
            if array.shape == shape:
                arrays = [spread(each, seed) for seed, each in enumerate(usual)]
                problems.append((f"{what} in place {place}", *arrays[:place], array, *arrays[place + 1 :]))
    for what, image, kernels, bias in problems:
        height, width = kernels.shape[2:]
        windows = np.lib.stride_tricks.sliding_window_view(image, (height, width), axis=(1, 2))
        expected = np.einsum("crsij,ocij->ors", windows, kernels) + bias[:, None, None]
        got = submission.dense_everywhere(image, kernels.reshape(len(kernels), -1), bias, height, width)
        assert_close(got, expected, what=f"the outputs for {what}")
