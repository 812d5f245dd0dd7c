"""Hidden checks of the data loader: pictures of any shape, batches of any size, orders from the seed alone."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, draw_numbers, fail, tensor
from grader.checks.comparing.chance import assert_even, assert_mixed, unlike_seeds
from grader.checks.comparing.closeness import plain
from grader.checks.networks.loading import assert_values, dataset, doubling, entry, length, loops, values

seeds = st.integers(0, 9)


def pictures(seed, number=5):
    """Return pictures and their classes; the last picture is all but black, with no number above 1."""
    random = np.random.default_rng(seed)
    made = random.integers(0, 256, (number, 4, 6, 3)).astype(np.uint8)
    made[-1] //= 128
    return made, random.permutation(number) // 2 * 300 + 1


def samples(seed, number, dtype=np.float32):
    """Return samples that tell their place: its number is in each pixel, and five more is the class."""
    noise = np.random.default_rng(seed).integers(1, 9)
    return [(tensor(np.full((3, 2, 1), k * noise, dtype)), k + 5) for k in range(number)], noise


def pair(got):
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("what is returned is not a pair", f"got: {got!r:.200}")
    return got


@criterion("loader.pictures.entries")
@given(seed=seeds)
@settings(max_examples=2)
def test_every_entry_is_its_picture(submission, seed):
    """Return each image as float32 (3, H, W) from 0 to 1, with its own class as an int, and change no picture.

    Catches: float64 or uint8, rows and columns exchanged, the class of another picture, pictures changed in place,
    a dark picture that is taken for one whose numbers end at 1 already.
    """
    given_pictures, classes = pictures(seed)
    dataset = submission.Pictures(given_pictures, classes)
    if length(dataset) != 5:
        fail("the dataset's length is not its number of pictures", f"got {length(dataset)!r:.100} for 5")
    if length(submission.Pictures(*pictures(seed, 1500))) != 1500:
        fail("the dataset's length is not its number of pictures, where there are many")
    for k in (3, 0, 4, 3):
        image, label = pair(entry(dataset, k))
        expected = np.moveaxis(given_pictures[k], 2, 0) / 255
        assert_values(image, expected.astype(np.float32), what="an image")
        if plain(image).dtype != np.float32:
            fail("an image is not of dtype float32", f"got: {plain(image).dtype}")
        assert_values(label, classes[k], what="the class of an image")
        if type(label) is not int:
            fail("the class of an image is not an int", f"got: {label!r:.100}")


@criterion("loader.pictures.transform")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_transform_gets_the_image_as_it_would_be_returned(submission, seed):
    """Hand the image, from 0 to 1, to the transform whenever it is asked for, and return what comes back.

    Catches: pictures from 0 to 255 handed over, a transform at the beginning only or no more after some
    accesses, its result thrown away or made float32 again.
    """
    given_pictures, classes = pictures(seed)
    got = []

    def transform(image):
        got.append(values(image, what="what the transform is given"))
        return tensor(got[-1][:, :2, 1:].astype(np.float64) * len(got))

    dataset = submission.Pictures(given_pictures, classes, transform)
    for count, k in enumerate((1, 3, 1, 1, 1, 1), 1):
        image, label = pair(entry(dataset, k))
        original = np.moveaxis(given_pictures[k], 2, 0) / 255
        if len(got) != count:
            fail("the transform is not called once for each access", f"{len(got)} calls after {count}")
        assert_close(got[-1], original, what="what the transform is given", rtol=1e-5, atol=1e-6)  # single precision
        right = original[:, :2, 1:] * count
        assert_values(image, right, what="the image that is returned", rtol=1e-5, atol=1e-5)
        if plain(image).dtype != np.float64:
            fail("the image is not what the transform returned, of its dtype", f"got: {plain(image).dtype}")
        assert_values(label, classes[k], what="the class of a transformed image")


@criterion("loader.pictures.transform")
def test_a_transform_may_work_in_place(submission):
    """Hand the transform the picture's own numbers each time, though it changed in place what it was handed before.

    Catches: images that are kept and lent to the transform.
    """
    given_pictures, classes = pictures(2)
    dataset = submission.Pictures(given_pictures, classes, doubling(submission))
    for k in (1, 1, 0, 1):
        image, label = pair(entry(dataset, k))
        right = np.moveaxis(given_pictures[k], 2, 0) / 255 * 2
        assert_values(image, right, what="the image, doubled in place", rtol=1e-5, atol=1e-6)  # single precision
        assert_values(label, classes[k], what="the class of a transformed image")


# Of samples, batch sizes, and whether a short batch is dropped: one, few, none left over, some, many batches.
CASES = (
    (1, 1, True), (2, 5, False), (2, 5, True), (8, 4, False), (8, 4, True), (8, 3, False), (8, 3, True), (12, 1, False),
    (200, 150, False), (300, 299, False), (27, 13, False),
)  # fmt: skip


@criterion("loader.pictures.transform")
def test_whatever_the_transform_makes_is_returned(submission):
    """Return what comes of the transform as it is, be it a text, a pair or one number.

    Catches: a result that is made a tensor, or given another shape.
    """
    given_pictures, classes = pictures(1)
    for made in ("seen", (1, "two"), None):
        image, label = pair(entry(submission.Pictures(given_pictures, classes, lambda image, made=made: made), 2))
        if image != made or label != classes[2]:
            fail(
                "the entry is not what the transform returned, and the class", f"expected {made!r}, got {image!r:.100}"
            )


@criterion("loader.batches.order")
@given(seed=seeds, dtype=st.sampled_from([np.uint8, np.float64, np.int64, np.float16]))
@example(seed=1, dtype=np.int64)
@example(seed=1, dtype=np.float16)
@settings(max_examples=2)
def test_batches_come_in_order(submission, seed, dtype):
    """Give all samples once, in their order, in batches that are full but for the last.

    Catches: the last batch lost or filled up, an empty batch at the end, images and classes of unlike samples, images
    of another dtype, ten batches at most.
    """
    for number, size, drop in CASES:
        given_samples, noise = samples(seed, number, dtype)
        loader = submission.BatchLoader(given_samples, size, drop_last=drop)
        starts = [k for k in range(0, number, size) if not drop or k + size <= number]
        parts = [np.arange(start, min(start + size, number)) for start in starts]
        if length(loader) != len(parts):
            fail("the loader's length is not its number of batches", f"expected {len(parts)}, got {length(loader)!r}")
        for loop in loops(loader, 2 if size == 3 else 1):
            assert_batches(loop, parts, noise, dtype)
        shuffled = submission.BatchLoader(given_samples, size, shuffle=True, drop_last=drop)
        sizes = [len(values(pair(batch)[1], what="the classes of a batch")) for batch in loops(shuffled, 1)[0]]
        if (length(shuffled), sizes) != (len(parts), list(map(len, parts))):
            fail("with shuffle, batches are not as many and as large as without it", f"got {sizes}")


def assert_batches(loop, parts, noise, dtype):
    """Fail unless a loop gave batches of these samples; `noise` is what their numbers are multiplied by."""
    if len(loop) != len(parts):
        fail("a loop does not give as many batches as it should", f"expected {len(parts)}, got {len(loop)}")
    for batch, right in zip(loop, parts, strict=True):
        images, classes = pair(batch)
        shown = np.broadcast_to((right * noise)[:, None, None, None], (len(right), 3, 2, 1)).astype(dtype)
        assert_values(images, shown, what="the images of a batch")
        assert_values(classes, right + 5, what="the classes of a batch")
        if plain(classes).dtype != np.int64:
            fail("classes are not of dtype int64", f"got: {plain(classes).dtype}")
        if plain(images).dtype != dtype:
            fail("images are not of their own dtype", f"expected {np.dtype(dtype)}, got: {plain(images).dtype}")


@criterion("loader.batches.order")
@given(seed=seeds)
@settings(max_examples=1)
def test_each_loop_asks_the_dataset_again(submission, seed):
    """Begin anew after a loop that was left early, with entries as the dataset has them then.

    Catches: samples that are kept from the first loop, slices of the dataset, a loop that goes on where one was left.
    """
    given_samples, _ = samples(seed, 5)
    loader = submission.BatchLoader(dataset(submission, given_samples), 2)
    loops(loader, 1, 1)
    first, second = loops(loader, 2)
    parts = [[0, 1], [2, 3], [4]]
    for loop in (first, second):
        got = [values(pair(batch)[1], what="the classes of a batch").tolist() for batch in loop]
        if got != [[k + 5 for k in part] for part in parts]:
            fail("a loop does not begin with the first sample", f"classes: {got!r:.200}")
    before, after = (
        np.concatenate([values(pair(batch)[0], what="the images")[:, 0, 0, 0] for batch in loop])
        for loop in (first, second)
    )
    if not (after > before).all():
        fail("images are those of an earlier loop: the dataset is not asked for them again")


@criterion("loader.batches.order")
def test_two_loops_at_once_go_through_all_samples_each(submission):
    """Give all samples to each of two loops that run at the same time, such as one within another.

    Catches: one place that all loops over a loader share.
    """
    given_samples, _ = samples(1, 7)
    for loop in loops(submission.BatchLoader(given_samples, 2), 2, at_once=True):
        if order(loop) != list(range(7)):
            fail("a loop does not give each sample once where another one runs beside it", f"got: {order(loop)}")


def order(loop):
    return [int(each) - 5 for batch in loop for each in np.ravel(values(pair(batch)[1], what="the classes"))]


@criterion("loader.batches.shuffle")
@given(seed=seeds)
@settings(max_examples=2)
def test_orders_follow_from_the_seed_alone(submission, seed):
    """Draw a new order for each loop, the same ones again for the same seed, whatever else draws.

    Catches: one order for all loops, orders that come again after some, a seed that is ignored, samples twice, global
    random numbers, what two loaders share.
    """
    given_samples, _ = samples(seed, 12)
    one, other = (submission.BatchLoader(given_samples, 5, shuffle=True, seed=each) for each in (seed, seed + 1))
    first, elsewhere = [], []
    for _ in range(5):
        first.append(order(loops(one, 1)[0]))
        draw_numbers(submission)
        elsewhere.append(order(loops(other, 1)[0]))
    if any(sorted(each) != list(range(12)) for each in [*first, *elsewhere]):
        fail("a loop does not give each sample once", f"got: {first}")
    if len({tuple(each) for each in [*first, list(range(12))]}) < 6:
        fail("loops do not have orders of their own", f"got: {first}")
    again = submission.BatchLoader(given_samples, 5, shuffle=True, seed=seed)
    if [order(loop) for loop in loops(again, 5)] != first:
        fail("the same seed gives other orders where something else draws random numbers too")
    if elsewhere[0] == first[0]:
        fail("another seed gives the same order")


@criterion("loader.batches.shuffle")
def test_two_loops_at_once_have_orders_of_their_own(submission):
    """Give all samples to each of two loops that run at the same time, each in an order of its own.

    Catches: one order that all loops over a loader share.
    """
    given_samples, _ = samples(1, 40)
    one, other = map(order, loops(submission.BatchLoader(given_samples, 2, shuffle=True), 2, at_once=True))
    if sorted(one) != list(range(40)) or sorted(other) != list(range(40)):
        fail("a loop does not give each sample once where another one runs beside it", f"got: {one}, {other}")
    if one == other:
        fail("two loops that run at the same time have the same order")


@criterion("loader.batches.shuffle")
@given(seed=seeds)
@settings(max_examples=1)
def test_every_seed_has_orders_of_its_own(submission, seed):
    """Draw another order for each of many seeds, near and far.

    Catches: seeds that are folded, halved or cut off.
    """
    given_samples, _ = samples(seed, 12)
    several = [submission.BatchLoader(given_samples, 12, shuffle=True, seed=each) for each in unlike_seeds(seed)]
    if len({tuple(order(loops(each, 1)[0])) for each in several}) < len(several):
        fail("two seeds give the same order", f"of {unlike_seeds(seed)}")


@criterion("loader.batches.shuffle")
@given(seed=seeds)
@settings(max_examples=1)
def test_all_of_many_samples_are_shuffled(submission, seed):
    """Draw an order of all of 300 samples, whatever their places were.

    Catches: samples that are shuffled in blocks, or among those near them; a part that stays where it is.
    """
    given_samples, _ = samples(seed, 300)
    loader = submission.BatchLoader(given_samples, 8, shuffle=True, seed=seed)
    for loop in loops(loader, 2):
        drawn = order(loop)
        if sorted(drawn) != list(range(300)):
            fail("a loop does not give each sample once")
        assert_mixed(drawn, "samples stay near their places")


@criterion("loader.batches.shuffle")
@given(seed=seeds)
@settings(max_examples=1)
def test_all_orders_are_equally_likely(submission, seed):
    """Draw orders in which each sample is at each place, and next to each other one, equally often.

    Catches: an order that is only rotated or turned round, batches or the samples in them that keep their order.
    """
    given_samples, _ = samples(seed, 5)
    orders = np.array([order(loop) for loop in loops(submission.BatchLoader(given_samples, 2, True, seed), 150)])
    if orders.shape != (150, 5) or (np.sort(orders, axis=1) != np.arange(5)).any():
        fail("a loop does not give each sample once")
    places, neighbours = np.zeros((5, 5)), np.zeros((5, 5))
    np.add.at(places, (orders, np.arange(5)), 1)
    np.add.at(neighbours, (orders[:, :-1], orders[:, 1:]), 1)
    assert_even(places, "samples are at some places more often than at others")
    assert_even(neighbours[~np.eye(5, dtype=bool)], "some samples follow each other more often than others")


@criterion("loader.batches.shuffle")
@given(seed=seeds)
@settings(max_examples=1)
def test_a_new_order_with_a_last_batch_that_is_dropped(submission, seed):
    """Leave out other samples in each loop where the last batch is dropped, and give the same again for seed 0.

    Catches: samples that are never given, or twice, a seed of 0 that is taken for none.
    """
    given_samples, _ = samples(seed, 7)

    def orders(number):
        loader = submission.BatchLoader(given_samples, 3, shuffle=True, seed=0, drop_last=True)
        return [order(loop) for loop in loops(loader, number)]

    got = orders(30)
    if any(len(set(each)) < len(each) or len(each) < 6 for each in got):
        fail("a loop does not give different samples in full batches", f"got: {got[:5]}")
    if len({k for each in got for k in each}) < 7:
        fail("some sample is never given")
    if orders(3) != got[:3]:
        fail("the same seed, 0, gives other orders")
