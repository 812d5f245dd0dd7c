"""Hidden checks of the data loader: pictures of any shape, batches of any size, orders from the seed alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, fail, tensor
from grader.checks.closeness import plain
from grader.checks.loading import assert_values, entry, length, loops, values

seeds = st.integers(0, 9)


def pictures(seed, number=5):
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (number, 4, 6, 3)).astype(np.uint8), random.permutation(number) + 1


def samples(seed, number):
    """Return samples that tell their place: its number is in each pixel, and five more is the class."""
    noise = np.random.default_rng(seed).integers(1, 9)
    return [(tensor(np.full((3, 2, 1), float(k * noise), np.float32)), k + 5) for k in range(number)], noise


def pair(got):
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("what is returned is not a pair", f"got: {got!r:.200}")
    return got


@criterion("loader.pictures.entries")
@given(seed=seeds)
@settings(max_examples=2)
def test_every_entry_is_its_picture(submission, seed):
    """Return each image as float32 (3, H, W) from 0 to 1, with its own class as an int, and change no picture.

    Catches: float64 or uint8, rows and columns exchanged, the class of another picture, pictures changed in place.
    """
    given_pictures, classes = pictures(seed)
    dataset = submission.Pictures(given_pictures, classes)
    for k in (3, 0, 3):
        image, label = pair(entry(dataset, k))
        expected = np.moveaxis(given_pictures[k], 2, 0) / 255
        assert_values(image, expected.astype(np.float32), what="an image")
        if plain(image).dtype != np.float32:
            fail("an image is not of dtype float32", f"got: {plain(image).dtype}")
        assert_values(label, classes[k], what="the class of an image")


@criterion("loader.pictures.transform")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_transform_gets_the_image_as_it_would_be_returned(submission, seed):
    """Hand the image, from 0 to 1, to the transform whenever it is asked for, and return what comes back.

    Catches: pictures from 0 to 255 handed over, a transform at the beginning only, its result thrown away.
    """
    given_pictures, classes = pictures(seed)
    got = []

    def transform(image):
        got.append(values(image, what="what the transform is given"))
        return tensor(got[-1] * len(got))

    dataset = submission.Pictures(given_pictures, classes, transform)
    for count, k in enumerate((1, 4, 1), 1):
        image, label = pair(entry(dataset, k))
        original = np.moveaxis(given_pictures[k], 2, 0) / 255
        if len(got) != count:
            fail("the transform is not called once for each access", f"{len(got)} calls after {count}")
        assert_close(got[-1], original, what="what the transform is given", rtol=1e-5, atol=1e-6)  # single precision
        assert_values(
            image,
            original * count,
            what="the image that is returned",
            rtol=1e-5,
            atol=1e-5,
        )
        assert_values(label, classes[k], what="the class of a transformed image")


@criterion("loader.batches.order")
@given(seed=seeds, number=st.sampled_from([6, 8]), size=st.sampled_from([3, 4]), drop=st.booleans())
@settings(max_examples=4)
def test_batches_come_in_order(submission, seed, number, size, drop):
    """Give all samples once, in their order, in batches that are full but for the last.

    Catches: the last batch lost or filled up, an empty batch at the end, images and classes of unlike samples.
    """
    given_samples, noise = samples(seed, number)
    loader = submission.BatchLoader(given_samples, size, drop_last=drop)
    starts = [k for k in range(0, number, size) if not drop or k + size <= number]
    if length(loader) != len(starts):
        fail("the loader's length is not its number of batches", f"expected {len(starts)}, got {length(loader)!r:.100}")
    for loop in loops(loader, 2):
        if len(loop) != len(starts):
            fail("a loop does not give as many batches as it should", f"expected {len(starts)}, got {len(loop)}")
        for batch, start in zip(loop, starts, strict=True):
            images, classes = pair(batch)
            right = np.arange(start, min(start + size, number))
            shown = np.broadcast_to((right * noise)[:, None, None, None], (len(right), 3, 2, 1)).astype(np.float32)
            assert_values(images, shown, what="the images of a batch")
            assert_values(classes, right + 5, what="the classes of a batch")
            if plain(classes).dtype != np.int64:
                fail("classes are not of dtype int64", f"got: {plain(classes).dtype}")


@criterion("loader.batches.shuffle")
@given(seed=seeds)
@settings(max_examples=3)
def test_orders_follow_from_the_seed_alone(submission, seed):
    """Draw a permutation of all samples for each loop, of which the seed decides the first, the second and so on.

    Catches: one order for all loops, a seed that is ignored, orders that other random numbers change.
    """
    given_samples, _ = samples(seed, 12)

    def orders(of_seed, number):
        return [
            order(loop) for loop in loops(submission.BatchLoader(given_samples, 5, shuffle=True, seed=of_seed), number)
        ]

    first = orders(seed, 3)
    if any(sorted(each) != list(range(12)) for each in first):
        fail("a loop does not give each sample once", f"got: {first}")
    if len({tuple(each) for each in [*first, list(range(12))]}) < 4:
        fail("loops do not have orders of their own", f"got: {first}")
    if orders(seed, 3) != first:
        fail("the same seed gives other orders")
    if orders(seed + 1, 1)[0] == first[0]:
        fail("another seed gives the same order")


def order(loop):
    return [int(each) - 5 for batch in loop for each in np.ravel(values(pair(batch)[1], what="the classes"))]
