"""Hidden checks of transforms: what becomes of each image, and how often.

An image is known again among all that may become of it. Numbers of flips are held to five standard deviations.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, fail, spread, tensor
from grader.checks.closeness import tensor_numbers
from grader.checks.training import Made

seeds = st.integers(0, 2**16)


def generator(submission, seed):
    return Made("Generator", {"seed": seed}).on(submission)


def transformed(got, images, what):
    """Return what came back as an array, if shape and dtype are those of the images."""
    array = tensor_numbers(got, what=what)
    if array.shape != images.shape or array.dtype != images.dtype:
        fail(
            f"{what} do not have the shape and dtype of the images",
            f"expected {images.dtype} {images.shape}, got {array.dtype} {array.shape}",
        )
    return array


def shifted(image, down, right):
    """Return an image (C, H, W) shifted, with zeros where nothing was."""
    moved = np.zeros_like(image)
    height, width = image.shape[1:]
    for row in range(height):
        for column in range(width):
            if 0 <= row - down < height and 0 <= column - right < width:
                moved[:, row, column] = image[:, row - down, column - right]
    return moved


@criterion("transforms.images.flip")
@given(seed=seeds, probability=st.sampled_from([0.3, 0.7]))
@settings(max_examples=2)
def test_each_image_is_flipped_with_the_probability_asked_for(submission, seed, probability):
    """Flip each image by itself, left for right, as often as asked; the rest stays as it is.

    Catches: all or none of a batch, up for down, 1 − p, half of them whatever is asked for, other shapes or dtypes.
    """
    number = 300
    images = spread((number, 2, 3, 4), seed).astype(np.float32)
    call = submission.random_flip.with_arguments(tensor(images), probability, generator(submission, seed))
    got = transformed(call[0], images, "the flipped images")
    assert_close(call[1][0], tensor(images), what="the images after the call")
    as_before = (got == images).all(axis=(1, 2, 3))
    flipped = (got == images[..., ::-1]).all(axis=(1, 2, 3))
    if not (as_before | flipped).all():
        fail("an image is neither as it was nor flipped so that left is right")
    if abs(flipped.sum() - number * probability) > 5 * (number * probability * (1 - probability)) ** 0.5:
        fail("images are flipped too often or too seldom", f"{flipped.sum()} of {number} for p = {probability}")


@criterion("transforms.images.flip")
@given(seed=seeds)
@settings(max_examples=1)
def test_the_generator_decides_which_are_flipped(submission, seed):
    """Flip the same images again for a generator in the same state, others for another.

    Catches: torch's global random numbers, a seed of one's own.
    """
    images = spread((40, 1, 2, 3), seed)
    got = [submission.random_flip(tensor(images), 0.5, generator(submission, each)) for each in (seed, seed, seed + 1)]
    first, again, other = (transformed(each, images, "the flipped images") for each in got)
    if not (first == again).all() or (first == other).all():
        fail("the generator does not decide which images are flipped")


@criterion("transforms.images.shift")
@given(seed=seeds, reach=st.integers(1, 2))
@settings(max_examples=2)
def test_each_image_is_shifted_by_itself(submission, seed, reach):
    """Shift each image by up to `reach` pixels in both directions, zeros coming in; all distances occur.

    Catches: one distance for all, edges that wrap around or are repeated, only one direction, a pixel too many or few.
    """
    images = spread((200, 2, 6, 5), seed)
    call = submission.random_shift.with_arguments(tensor(images), reach, generator(submission, seed))
    got = transformed(call[0], images, "the shifted images")
    assert_close(call[1][0], tensor(images), what="the images after the call")
    distances = range(-reach - 1, reach + 2)
    met = [next(((i, j) for i in distances for j in distances if (shifted(a, i, j) == b).all()), None)
           for a, b in zip(images, got, strict=True)]  # fmt: skip
    if None in met:
        fail("an image is not as it was but for a shift with zeros", f"image {met.index(None)}")
    expected = {(i, j) for i in distances[1:-1] for j in distances[1:-1]}
    if not set(met) <= expected:
        fail("an image is shifted too far", f"by {sorted(set(met) - expected)[0]} for reach {reach}")
    if len(set(met)) < len(expected) * 0.9:
        fail("some distances do not occur", f"of {len(expected)} only {len(set(met))} in 200 images")


@criterion("transforms.images.batch")
@given(seed=seeds)
@settings(max_examples=1)
def test_training_images_change_and_keep_their_classes(submission, seed):
    """In training flip and shift each image, and keep its class; otherwise change nothing.

    Catches: images or classes reordered, transforms in evaluation, none in training, one of the two left out.
    """
    images, classes = spread((60, 1, 6, 7), seed), np.random.default_rng(seed).integers(0, 10, 60)
    for training in (False, True):
        arguments = tensor(images), tensor(classes), training, generator(submission, seed)
        got = submission.batch_of(*arguments)
        if not isinstance(got, tuple | list) or len(got) != 2:
            fail("batch_of does not return a pair (images, classes)", f"got: {got!r:.200}")
        assert_close(got[1], tensor(classes), what="the classes")
        array = transformed(got[0], images, "the images")
        if not training:
            assert_close(got[0], tensor(images), what="the images for evaluation")
    flips = [known(image, a) for image, a in zip(images, array, strict=True)]
    if None in flips:
        fail("an image is not its own, flipped and shifted", f"image {flips.index(None)}")
    if not 10 <= sum(flip for flip, _ in flips) <= 50 or len({place for _, place in flips}) < 12:
        fail("images are not flipped and shifted as asked for in training")


def known(image, got):
    """Return whether an image was flipped, and its shift; None where it is not known again."""
    for flip in (False, True):
        for down in range(-2, 3):
            for right in range(-2, 3):
                if (shifted(image[..., ::-1] if flip else image, down, right) == got).all():
                    return flip, (down, right)
    return None
