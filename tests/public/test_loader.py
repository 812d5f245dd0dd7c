"""Public checks of the data loader: four small pictures, and batches of numbered samples."""

import numpy as np

from grader.checks import criterion, fail, tensor
from grader.checks.networks.loading import assert_values, entry, length, loops, values

PICTURES = np.arange(4 * 2 * 3 * 3, dtype=np.uint8).reshape(4, 2, 3, 3) * 3
CLASSES = np.array([7, 0, 2, 9])
SAMPLES = [(tensor(np.full((3, 2, 2), float(k), np.float32)), 10 + k) for k in range(7)]


@criterion("loader.pictures.entries")
def test_an_entry_is_an_image_and_its_class(submission):
    """Return picture 2 as (3, 2, 3), channels first, divided by 255, with class 2; and count four pictures.

    Catches: rows, columns and channels exchanged or reshaped, numbers up to 255, the class of another picture.
    """
    dataset = submission.Pictures(PICTURES, CLASSES)
    if length(dataset) != 4:
        fail("the dataset does not have the length 4", f"got: {length(dataset)!r:.100}")
    image, label = pair(entry(dataset, 2))
    expected = np.moveaxis(PICTURES[2], 2, 0).astype(np.float32) / 255
    confusions = {
        "These are numbers up to 255; divide them.": expected * 255,
        "The channels are not moved to the front but mixed up: transpose, do not reshape.": (
            PICTURES[2].reshape(3, 2, 3) / 255
        ),
    }
    assert_values(image, expected, what="the image", confusions=confusions)
    assert_values(label, 2, what="its class")
    if type(label) is not int:
        fail("its class is not an int of Python's", f"got: {label!r:.100}", "Turn it into one: int(…).")


def pair(got):
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("what is returned is not a pair", f"got: {got!r:.200}")
    return got


@criterion("loader.pictures.transform")
def test_the_transform_is_asked_each_time(submission):
    """Return what the transform makes of the image, anew for each access, and leave the class alone.

    Catches: no transform, one that is asked once, classes that are transformed too.
    """
    asked = []

    def transform(image):
        asked.append(values(image, what="what the transform is given"))
        return tensor(asked[-1] * 0 + len(asked))

    dataset = submission.Pictures(PICTURES, CLASSES, transform)
    for count in (1, 2, 3):
        image, label = pair(entry(dataset, 1))
        assert_values(
            image,
            np.full((3, 2, 3), float(count)),
            what=f"the image asked for the {count}. time",
        )
        assert_values(label, 0, what="its class")


@criterion("loader.batches.order")
def test_seven_samples_in_batches_of_three(submission):
    """Give batches of 3, 3 and 1 samples in their order, in each loop; with drop_last only the full ones.

    Catches: the last batch lost, samples twice, a loader that is used up after one loop, a wrong length.
    """
    loader = submission.BatchLoader(SAMPLES, 3)
    if length(loader) != 3:
        fail("the loader does not have the length 3", f"got: {length(loader)!r:.100}")
    for loop in loops(loader, 2):
        assert_batches(loop, [[0, 1, 2], [3, 4, 5], [6]])
    dropping = submission.BatchLoader(SAMPLES, 3, drop_last=True)
    if length(dropping) != 2:
        fail("the loader that drops the last batch does not have the length 2", f"got: {length(dropping)!r:.100}")
    assert_batches(loops(dropping, 1)[0], [[0, 1, 2], [3, 4, 5]])


def assert_batches(loop, expected):
    if len(loop) != len(expected):
        fail("a loop does not give as many batches as it should", f"expected {len(expected)}, got {len(loop)}")
    for batch, order in zip(loop, expected, strict=True):
        images, classes = pair(batch)
        right = np.array(order, np.float32)[:, None, None, None] * np.ones((1, 3, 2, 2), np.float32)
        assert_values(images, right, what="the images of a batch")
        assert_values(classes, np.array(order) + 10, what="the classes of a batch")


@criterion("loader.batches.shuffle")
def test_each_loop_has_a_new_order(submission):
    """Go through all samples in each loop, in orders that differ, each image with its own class.

    Catches: no shuffling, one order for all loops, images and classes shuffled apart.
    """
    first, second = (shuffled(loop) for loop in loops(submission.BatchLoader(SAMPLES, 3, shuffle=True, seed=5), 2))
    if first == second or first == sorted(first):
        fail("the orders of two loops are not drawn anew", f"got {first} and {second}")
    if shuffled(loops(submission.BatchLoader(SAMPLES, 3, shuffle=True, seed=5), 1)[0]) != first:
        fail("the same seed gives another order")


def shuffled(loop):
    """Return the order of the samples in a loop, all of which must be there."""
    order = []
    for batch in loop:
        images, classes = (values(each, what="a batch") for each in pair(batch))
        if images.ndim != 4 or not np.array_equal(images[:, 0, 0, 0] + 10, classes):
            fail("an image does not have its own class in a shuffled batch")
        order += (classes - 10).astype(int).tolist()
    if sorted(order) != list(range(7)):
        fail("a loop does not give each sample once", f"got: {order}")
    return order
