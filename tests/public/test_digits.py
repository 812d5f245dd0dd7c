"""Public checks of the digits: loading them, and choosing from a few that one can count."""

import numpy as np

from grader.checks import assert_close, criterion, fail, numbers

# The first labels of MNIST's own training and test part, and of the digits that a kit lends.
FIRST = {
    True: ([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], [4, 2, 2, 1, 7, 8, 3, 8, 5, 2]),
    False: ([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], [5, 4, 0, 7, 1, 7, 8, 8, 4, 9]),
}

LABELS = np.array([7, 3, 9, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 5, 5, 2, 8, 1, 4, 6, 0])


def pair(got: object, what: str) -> tuple[object, object]:
    """Return what must be a pair of arrays."""
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail(f"{what} does not return a pair", f"got: {got!r:.300}")
    return got[0], got[1]


@criterion("digits.chosen.loaded")
def test_images_and_labels_are_those_of_mnist(submission):
    """Return images of shape (N, 28, 28) and as many labels, of the training part and of the test part.

    Catches: the same part twice, labels for images, tensors.
    """
    for train, known in FIRST.items():
        images, labels = pair(submission.load_mnist("data", train), "load_mnist")
        images, labels = numbers(images, what="the images"), numbers(labels, what="the labels")
        if images.shape[1:] != (28, 28) or labels.shape != images.shape[:1] or len(labels) < 100:
            fail("images or labels have the wrong shape", f"got {images.shape} and {labels.shape}")
        if labels[:10].tolist() not in known:
            fail("these are not the labels of this part of MNIST", f"the first ten: {labels[:10].tolist()}")
        if not 200 < images.max() <= 255 or images.min() != 0:
            fail("pixels are not numbers from 0 to 255", f"they are from {images.min()} to {images.max()}")


@criterion("digits.chosen.classes")
def test_two_digits_of_each_class_are_chosen(submission):
    """Choose two of each class from 22 images; all pixels of image k are 10 k + 5.

    Catches: the first 20 images, labels that are not one-hot, pixels from 0 to 255, a missing axis of channels.
    """
    images = np.ones((22, 28, 28)) * (10 * np.arange(22) + 5)[:, None, None]
    x, one_hot = pair(submission.choose_digits(images, LABELS, 2), "choose_digits")
    if np.asarray(one_hot).dtype.kind == "b":
        one_hot = np.multiply(one_hot, 1)  # True is as good a 1 as any
    x, one_hot = numbers(x, what="x"), numbers(one_hot, what="one_hot")
    if x.shape != (20, 1, 28, 28) or one_hot.shape != (20, 10):
        fail("x or one_hot has the wrong shape", f"expected (20, 1, 28, 28), (20, 10), got {x.shape}, {one_hot.shape}")
    least, most = x.min(), x.max()
    if least < 0 or most > 1:
        fail("pixels of x are not numbers from 0 to 1", f"they are from {least:.3g} to {most:.3g}; given are 5 to 215")
    which = np.rint((255 * np.nan_to_num(x[:, 0, 0, 0]) - 5) / 10).astype(int)
    if len(set(which.tolist())) < 20 or which.min() < 0 or which.max() > 21:
        found = f"by their pixels these are images {which.tolist()}"
        fail("x does not consist of twenty different images of those given", found)
    assert_close(x, images[which, None] / 255, what="x")
    assert_close(one_hot, np.eye(10)[LABELS[which]], what="one_hot")
    assert_close(one_hot.sum(axis=0), np.full(10, 2.0), what="the number of chosen digits of each class")
