"""Hidden checks of the digits: all that are provided, and choosing from random images of unequal classes."""

import gzip
from pathlib import Path

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, fail, numbers

PROVIDED = Path(__file__).parents[2] / "provided" / "torchvision" / "mnist"
seeds = st.integers(0, 2**32 - 1)


def provided(name: str, header: int) -> np.ndarray:
    """The numbers of a gzipped IDX file."""
    return np.frombuffer(gzip.decompress((PROVIDED / f"{name}.gz").read_bytes()), np.uint8, offset=header)


def pair(got: object, what: str) -> tuple[object, object]:
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail(f"{what} does not return a pair", f"got: {got!r:.300}")
    return got[0], got[1]


@criterion("digits.chosen.loaded")
def test_all_digits_are_loaded_in_their_order(submission):
    """Return all images and labels of both parts.

    Catches: parts exchanged, images scaled or turned, some left out, labels of another order.
    """
    for train, name in ((True, "train"), (False, "t10k")):
        images, labels = pair(submission.load_mnist("data", train), "load_mnist")
        assert_close(images, provided(f"{name}-images-idx3-ubyte", 16).reshape(-1, 28, 28), what="the images")
        assert_close(labels, provided(f"{name}-labels-idx1-ubyte", 8), what="the labels")


def digits(seed: int, per_class: int) -> tuple[np.ndarray, np.ndarray]:
    """Random images without white, whose first two pixels tell which they are, and labels; up to three more a class."""
    random = np.random.default_rng(seed)
    extra = random.permutation(np.arange(10) % 4)
    labels = random.permutation(np.repeat(np.arange(10), per_class + extra))
    images = random.integers(0, 200, (len(labels), 28, 28)).astype(float)
    images[:, 0, 0], images[:, 0, 1] = np.divmod(np.arange(len(labels)), 200)
    return images, labels


@criterion("digits.chosen.classes")
@given(seed=seeds, per_class=st.integers(1, 4))
@example(seed=1, per_class=120)
@settings(max_examples=4)
def test_as_many_of_each_class_are_chosen_as_asked(submission, seed, per_class):
    """Return x and one_hot of `per_class` different digits a class, each with its own label.

    Catches: the first images whatever their class, one digit taken twice, labels that belong to other images, a
    hundred at most, pixels from 0 to 255, or divided by the largest there is, images transposed.
    """
    assert_chosen(submission, *digits(seed, per_class), per_class)


@criterion("digits.chosen.classes")
@given(seed=seeds, downwards=st.booleans())
@settings(max_examples=2)
def test_digits_are_found_wherever_they_are(submission, seed, downwards):
    """Return two digits a class where images are sorted by class and most of them are of the first.

    Catches: a search among the first images only.
    """
    images, labels = digits(seed, 2)
    order = np.argsort(labels)[::-1] if downwards else np.argsort(labels)
    order = np.concatenate([np.repeat(order[:1], 100), order])
    images, labels = images[order], labels[order]
    images[:, 0, 0], images[:, 0, 1] = np.divmod(np.arange(len(labels)), 200)
    assert_chosen(submission, images, labels, 2)


def assert_chosen(submission, images, labels, per_class):
    """Fail unless so many different digits of each class are chosen, each with its label."""
    x, one_hot = pair(submission.choose_digits(images, labels, per_class), "choose_digits")
    if np.asarray(one_hot).dtype.kind == "b":
        one_hot = np.multiply(one_hot, 1)  # True is as good a 1 as any
    x, one_hot = numbers(x, what="x"), numbers(one_hot, what="one_hot")
    count = 10 * per_class
    if x.shape != (count, 1, 28, 28) or one_hot.shape != (count, 10) or not np.isfinite(x).all():
        fail("x or one_hot has the wrong shape, or x is not finite", f"got shapes {x.shape} and {one_hot.shape}")
    which = np.rint(255.0 * x[:, 0, 0, :2]) @ [200, 1]
    if not np.isin(which, np.arange(len(images))).all():
        fail("x does not consist of the images as numbers from 0 to 1", f"first pixels: {x[:, 0, 0, 0]}")
    which = which.astype(int)
    assert_close(x, images[which, None] / 255, what="x", atol=1e-6)
    if len(set(which.tolist())) < count:
        fail("a digit is chosen more than once", f"chosen: {sorted(which.tolist())}")
    assert_close(one_hot, np.eye(10)[labels[which]], what="one_hot")
    assert_close(one_hot.sum(axis=0), np.full(10, float(per_class)), what="the number of chosen digits of each class")
