"""Hidden checks of augmentation: images of other sizes and numbers than a student has seen, many draws of each.

What is drawn is the student's, so no draw is expected, and chances are as in the public checks: 40 draws miss one of
four angles with a chance of four in 100 000, 150 draws one of nine steps with one in ten million.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import criterion, fail, tensor
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.networks.training import seed_torch

seeds = st.integers(0, 9)


def an_image(seed, *shape):
    """Return an image of numbers between 0 and 1, no two of which are equal."""
    random = np.random.default_rng(seed)
    return ((random.permutation(np.prod(shape)) + 0.5) / np.prod(shape)).reshape(shape).astype(np.float32)


def drawn(function, image, draws):
    got = [tensor_numbers(function(tensor(image)), what="the image") for _ in range(draws)]
    if any(each.shape != image.shape for each in got):
        fail("an image that is returned has another shape", f"expected {image.shape}, got {[e.shape for e in got][:5]}")
    return np.array(got)


def assert_drawn_well(submission, function, seed):
    """Fail unless PyTorch's global numbers alone decide what comes, and the dtype is that of the image."""
    for dtype in (np.float32, np.float64):
        image, got = an_image(seed, 3, 9, 9).astype(dtype), []
        for number in (1, 1, 2):
            seed_torch(submission, number)
            got.append([tensor_numbers(function(tensor(image)), what="the image") for _ in range(5)])
        if any(each.dtype != dtype for each in got[0]):
            fail("the image that is returned has another dtype", f"expected {np.dtype(dtype)}, got {got[0][0].dtype}")
        first, again, other = (np.array([each.ravel() for each in some]) for some in got)
        if not np.array_equal(first, again) or np.array_equal(first, other):
            fail("what is drawn does not follow from PyTorch's global random numbers, as torch.manual_seed sets them")


def found(got, wanted):
    """Return which of the wanted images came; fails for a result that is none of them."""
    near = [np.abs(wanted - each).reshape(len(wanted), -1).max(axis=1) for each in got]
    if any(differences.min() > 1e-5 for differences in near):
        fail("an image is returned that no such change can have made")
    return {int(differences.argmin()) for differences in near}


@criterion("augmentation.pictures.turned")
@given(seed=seeds, side=st.integers(4, 9))
@settings(max_examples=1)
def test_an_image_of_any_side_is_turned(submission, seed, side):
    """Turn images of any side, any number of channels and any numbers by one of four angles, drawn anew each time.

    Catches: one size for all, a turn of the channels, channels that are left out, numbers that are cut off.
    """
    for channels, size in ((1, 1), (5, 300)):
        image = size * an_image(seed, channels, side, side)
        turns = np.array([np.rot90(image, k, (1, 2)) for k in range(4)])
        if len(found(drawn(submission.turned, image, 40), turns)) < 4:
            fail("some angle is never drawn")


@criterion("augmentation.pictures.turned")
@given(seed=seeds)
@settings(max_examples=1)
def test_turns_follow_from_pytorchs_random_numbers(submission, seed):
    """Turn by what PyTorch's global random numbers say, and keep the dtype.

    Catches: random numbers of NumPy's or Python's, a seed of one's own, another dtype.
    """
    assert_drawn_well(submission, submission.turned, seed)


@criterion("augmentation.pictures.turned")
def test_turning_at_the_edges_of_what_it_may_be_asked(submission):
    """Return images of zeros or ones as they are, and those of two rows and of hundreds turned.

    None is of one pixel: a NumPy array that is turned has strides there that torch.from_numpy refuses.

    Catches: an axis of one entry that is squeezed away, numbers that are shifted, zeros taken for what is missing.
    """
    for image in (np.zeros((3, 5, 5)), np.ones((3, 5, 5)), an_image(0, 2, 2, 2), an_image(1, 1, 300, 300)):
        found(drawn(submission.turned, image, 4), np.array([np.rot90(image, k, (1, 2)) for k in range(4)]))


@criterion("augmentation.pictures.moved")
@given(seed=seeds, height=st.integers(9, 11), width=st.integers(12, 14), channels=st.sampled_from([1, 2, 5]))
@settings(max_examples=1)
def test_an_image_that_is_not_square_is_moved(submission, seed, height, width, channels):
    """Move images of any height, width and number of channels by -4 to 4 rows and columns, drawn anew each time.

    Catches: one size for all, rows and columns exchanged or of one sign, a small image moved by less.
    """
    image = an_image(seed, channels, height, width)
    steps = [(rows, columns) for rows in range(-4, 5) for columns in range(-4, 5)]
    moves = found(drawn(submission.moved, image, 150), np.array([np.roll(image, step, (1, 2)) for step in steps]))
    if any({steps[move][axis] for move in moves} != set(range(-4, 5)) for axis in (0, 1)):
        fail("the image is not moved by all numbers of rows and of columns")
    if len(moves) < 30:  # of 81, each about equally likely, 150 draws meet 68; on a diagonal or on two axes lie 17
        fail("rows and columns are not drawn each by itself", f"in 150 draws came {len(moves)} of 81 moves")
    if {np.sign(steps[move][0] * steps[move][1]) for move in moves} != {-1, 0, 1}:
        fail("rows and columns are not drawn each by itself: both go one way, or never do")
    small = an_image(seed, channels, 5, 3)  # all places in it are reached, by one move or another
    steps = [(rows, columns) for rows in range(5) for columns in range(3)]
    if len(found(drawn(submission.moved, small, 150), np.array([np.roll(small, step, (1, 2)) for step in steps]))) < 15:
        fail("a small image is not moved by all numbers of rows and of columns")


@criterion("augmentation.pictures.moved")
@given(seed=seeds)
@settings(max_examples=1)
def test_moves_follow_from_pytorchs_random_numbers(submission, seed):
    """Move by what PyTorch's global random numbers say, and keep the dtype.

    Catches: random numbers of NumPy's or Python's, a seed of one's own, another dtype.
    """
    assert_drawn_well(submission, submission.moved, seed)


@criterion("augmentation.pictures.moved")
def test_moving_at_the_edges_of_what_it_may_be_asked(submission):
    """Return images of zeros or ones as they are, and large ones moved.

    Catches: an axis of one entry that is squeezed away, numbers that are shifted, zeros taken for what is missing.
    """
    steps = [(rows, columns) for rows in range(-4, 5) for columns in range(-4, 5)]
    for image in (np.zeros((3, 9, 8)), np.ones((3, 9, 8)), an_image(1, 1, 300, 9), an_image(2, 1, 9, 300)):
        found(drawn(submission.moved, image, 4), np.array([np.roll(image, step, (1, 2)) for step in steps]))


@criterion("augmentation.pictures.recoloured")
@given(seed=seeds, height=st.integers(2, 5), width=st.integers(6, 8), channels=st.sampled_from([2, 4, 5]))
@settings(max_examples=1)
def test_each_of_any_number_of_channels_has_a_factor(submission, seed, height, width, channels):
    """Multiply each of any number of channels by a factor of its own, up to 1, drawn anew each time.

    Catches: three channels always, a single one left as it is, factors that are drawn once, rows taken for columns of
    a square image, factors of a narrower range, or of a few numbers.
    """
    shapes = (channels, height, width), (channels, width, width), (1, height, width)
    factors = np.concatenate([recolouring(submission, an_image(seed, *shape)).ravel() for shape in shapes])
    # How they are distributed is left open. Of 3000 numbers from a normal distribution about 1 with a deviation of 0.1,
    # which is cut off at 0.7 and 1.3, none is below 0.74 once in a million times.
    if factors.min() > 0.74 or factors.max() < 1.26:
        fail(
            "factors are not drawn from all of the range from 0.7 to 1.3", f"{factors.min():.3f} to {factors.max():.3f}"
        )


def recolouring(submission, image):
    """Return the factors of each channel in many draws, shape (n, channels, 1, 1)."""
    image[:, 0, 0] = 0.5  # times 1.3 it is less than 1, so that its factor is known
    got = drawn(submission.recoloured, image, 600)
    factors = got[:, :, :1, :1] / 0.5
    if np.abs(got - np.minimum(image * factors, 1)).max() > 1e-4:
        fail("an image is returned that no such change can have made")
    if factors.min() < 0.7 - 1e-4 or factors.max() > 1.3 + 1e-4:
        fail("a factor is not between 0.7 and 1.3")
    if len(np.unique(factors.round(5))) < 50:
        fail("factors are a few numbers, not drawn from all of the range from 0.7 to 1.3")
    alike = any(np.allclose(factors[:, i], factors[:, j]) for i in range(len(image)) for j in range(i))
    if (np.ptp(factors, axis=0) < 0.3).any() or alike:
        fail("the channels do not have factors of their own, drawn anew")
    return factors


@criterion("augmentation.pictures.recoloured")
@given(seed=seeds)
@settings(max_examples=1)
def test_factors_follow_from_pytorchs_random_numbers(submission, seed):
    """Recolour by what PyTorch's global random numbers say, and keep the dtype.

    Catches: random numbers of NumPy's or Python's, a seed of one's own, another dtype.
    """
    assert_drawn_well(submission, submission.recoloured, seed)


@criterion("augmentation.pictures.recoloured")
def test_recolouring_at_the_edges_of_what_it_may_be_asked(submission):
    """Return zeros as they are, and one pixel, equal pixels and large images times a factor for each channel.

    Catches: an axis of one entry that is squeezed away, numbers that are shifted, zeros taken for what is missing.
    """
    for image in (np.zeros((3, 5, 4)), np.full((3, 5, 4), 0.5), np.full((2, 1, 1), 0.25), an_image(1, 2, 300, 2) / 2):
        for got in drawn(submission.recoloured, image, 4):
            factors = got.max(axis=(1, 2)) / np.where(image.any(), image.max(axis=(1, 2)), 1)
            if np.abs(got - image * factors[:, None, None]).max() > 1e-5:
                fail("an image is returned that no such change can have made")
            if image.any() and not (np.abs(factors - 1) < 0.3 + 1e-4).all():
                fail("a factor is not between 0.7 and 1.3", f"got: {factors}")
