"""Public checks of transforms: probabilities 0 and 1, a shift of nothing, and images for evaluation."""

import numpy as np

from grader.checks import assert_close, criterion, fail, tensor
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.networks.training import Made

IMAGES = np.arange(24, dtype=np.float32).reshape(2, 1, 3, 4)
CLASSES = np.array([3, 7])


def generator(submission):
    return Made("Generator", {"seed": 1}).on(submission)


@criterion("transforms.images.flip")
def test_all_or_none_are_flipped(submission):
    """Flip all images for a probability of 1, none for 0.

    Catches: up for down, a probability that is ignored.
    """
    upside_down = {"Up is down here; left is to be right.": tensor(IMAGES[:, :, ::-1].copy())}
    got = submission.random_flip(tensor(IMAGES), 1.0, generator(submission))
    assert_close(got, tensor(IMAGES[..., ::-1].copy()), what="the flipped images", confusions=upside_down)
    got = submission.random_flip(tensor(IMAGES), 0.0, generator(submission))
    assert_close(got, tensor(IMAGES), what="the images that are not flipped")


@criterion("transforms.images.shift")
def test_a_shift_by_one_keeps_the_middle(submission):
    """Shift by up to one pixel, so that the middle of each image stays in it; and by none.

    Catches: other shapes, pixels that are lost.
    """
    got = submission.random_shift(tensor(IMAGES), 0, generator(submission))
    assert_close(got, tensor(IMAGES), what="the images that are not shifted")
    array = tensor_numbers(submission.random_shift(tensor(IMAGES), 1, generator(submission)), what="the shifted images")
    if array.shape != IMAGES.shape:
        fail("the shifted images have the wrong shape", f"expected {IMAGES.shape}, got {array.shape}")
    for image, shifted in zip(IMAGES, array, strict=True):
        if not np.isin(image[0, 1, 1:3], shifted).all():
            fail("pixels of the middle are lost", f"got:\n{shifted}")


@criterion("transforms.images.batch")
def test_evaluation_changes_nothing(submission):
    """Return images and classes as they are where there is no training.

    Catches: transforms in evaluation.
    """
    got = submission.batch_of(tensor(IMAGES), tensor(CLASSES), False, generator(submission))
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("batch_of does not return a pair (images, classes)", f"got: {got!r:.200}")
    assert_close(got[0], tensor(IMAGES), what="the images for evaluation")
    assert_close(got[1], tensor(CLASSES), what="the classes")
