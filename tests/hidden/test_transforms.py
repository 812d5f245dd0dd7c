"""Hidden checks of transforms: what becomes of each image, and how often.

An image is known again among all that may become of it. Numbers of flips and shifts are those of independent draws, by
laws of chance that right work breaks once in a billion times.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, assert_generators_left, at_edges, criterion, extremes, fail, spread, tensor
from grader.checks.comparing.chance import assert_even, assert_share
from grader.checks.comparing.closeness import plain, tensor_numbers
from grader.checks.networks.training import Made

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


def flipped(got, images):
    """Return which of the images are flipped; each must be, or be as it was."""
    as_before, turned = ((got == each).all(axis=(1, 2, 3)) for each in (images, images[..., ::-1]))
    if not (as_before | turned).all():
        fail("an image is neither as it was nor flipped so that left is right")
    return turned


def shifted(images, down, right):
    """Return images (N, C, H, W) shifted, with zeros where nothing was."""
    moved = np.zeros_like(images)
    to, of = ((slice(max(sign * down, 0), images.shape[2] + min(sign * down, 0)),
               slice(max(sign * right, 0), images.shape[3] + min(sign * right, 0))) for sign in (1, -1))  # fmt: skip
    moved[:, :, *to] = images[:, :, *of]
    return moved


def shifts(got, images, reach):
    """Return of each image by how much it was shifted down and right, in an array (N, 2); all must be known again."""
    found = np.full((len(images), 2), -99)
    for down in range(-reach - 1, reach + 2):
        for right in range(-reach - 1, reach + 2):
            found[(got == shifted(images, down, right)).all(axis=(1, 2, 3))] = down, right
    return found


def assert_shifts(found, reach):
    """Fail unless shifts are in reach, all equally likely, in each direction and from image to image by themselves."""
    if (found == -99).any():
        fail("an image is not as it was but for a shift with zeros", f"image {(found == -99).any(axis=1).argmax()}")
    if (np.abs(found) > reach).any():
        fail("an image is shifted too far", f"by {found[(np.abs(found) > reach).any(axis=1)][0]} for reach {reach}")
    rows, columns = (found + reach).T
    steps = 2 * reach + 1
    for each in (rows, columns):
        assert_even(np.bincount(each, minlength=steps), "not all distances are equally likely")
    pairs = (rows, columns), (rows, columns[::-1]), (rows[1:], rows[:-1]), (columns[1:], columns[:-1])
    for one, other in pairs:
        counts = np.bincount(one * steps + other, minlength=steps * steps)
        assert_even(counts, "distances are not drawn for each image and each direction by itself")


@criterion("transforms.images.flip")
@given(seed=seeds, probability=st.sampled_from([0.3, 0.75]))
@settings(max_examples=2)
def test_each_image_is_flipped_with_the_probability_asked_for(submission, seed, probability):
    """Flip each image by itself, left for right, as often as asked; the rest stays as it is.

    Catches: all or none of a batch, up for down, 1 − p, half of them whatever is asked for, other shapes or dtypes,
    numbers that are clipped.
    """
    for images in (spread((300, 2, 3, 4), seed).astype(np.float32), extremes((300, 2, 4, 4), seed)):
        call = submission.random_flip(tensor(images), probability, generator(submission, seed))
        got = transformed(call, images, "the flipped images")
        assert_share(flipped(got, images).sum(), 300, probability, "images are flipped too often or too seldom")


@criterion("transforms.images.flip")
@given(seed=seeds)
@settings(max_examples=1)
def test_all_or_none_are_flipped_where_that_is_asked_for(submission, seed):
    """Flip no image with a probability of 0, all with 1, one in twenty-five with 0.04; of any channels, side and dtype.

    Catches: 0 taken for none, 1 for nearly always, a probability that is rounded, four channels cut off, wide images
    left as they are, another dtype.
    """
    random = np.random.default_rng(seed)
    wide = [random.permutation(600 * 5 * 2 * 9).reshape(600, 5, 2, 9).astype(dtype) for dtype in (np.float64, np.int64)]
    square = random.integers(0, 256, (2000, 1, 12, 12)).astype(np.uint8)
    for images in (*wide, square):
        for probability in (0.0, 1.0, 0.04):
            call = submission.random_flip(tensor(images), probability, generator(submission, seed))
            number = flipped(transformed(call, images, "the flipped images"), images).sum()
            if probability in (0, 1) and number != len(images) * probability:
                fail(f"with a probability of {probability:g}, {number} of {len(images)} images are flipped")
            assert_share(number, len(images), probability, "images are flipped too often or too seldom")


@criterion("transforms.images.flip")
@given(seed=seeds)
@settings(max_examples=1)
def test_flips_are_independent(submission, seed):
    """Flip each image by itself, also a single one: of twenty there are now more, now fewer.

    Catches: a share of the images that is always the same, neighbours that are flipped together, the same ones anew.
    """
    images, chance = spread((20, 1, 1, 2), seed), generator(submission, seed)
    got = np.array([flipped(transformed(submission.random_flip(tensor(images), 0.5, chance), images, "the images"),
                            images) for _ in range(40)])  # fmt: skip
    # Of 40 sums of 20 coins the variance is 5, with a standard deviation of 1.1; 0 is a share that is always the same.
    if got.sum(axis=1).var() < 1:
        fail("always equally many images are flipped: each is to be flipped by itself")
    for one, other in ((got[:, 1:], got[:, :-1]), (got[1:], got[:-1])):
        assert_share((one == other).sum(), one.size, 0.5, "images are not flipped each by itself, drawn anew each time")
    alone = images[:1]
    times = sum(int(flipped(transformed(submission.random_flip(tensor(alone), 0.5, chance), alone, "the image"),
                            alone)[0]) for _ in range(60))  # fmt: skip
    assert_share(times, 60, 0.5, "a single image is flipped too often or too seldom")


@criterion("transforms.images.shift")
@given(seed=seeds)
@settings(max_examples=1)
def test_shifts_of_any_reach(submission, seed):
    """Shift by up to 7 pixels, further than half of an image, or by none, images of any channels and dtype.

    Catches: a reach that is cut off, or not taken where it is 0, channels or images left out, another dtype.
    """
    random = np.random.default_rng(seed)
    for reach, dtype in ((7, np.float32), (0, np.float64), (3, np.uint8)):
        images = random.permuted(np.tile(np.arange(1, 201), (300, 4, 1)), axis=2).reshape(300, 4, 20, 10).astype(dtype)
        call = submission.random_shift(tensor(images), reach, generator(submission, seed))
        found = shifts(transformed(call, images, "the shifted images"), images, reach)
        if (found == -99).any():
            fail("an image is not as it was but for a shift with zeros")
        if set(np.abs(found).max(axis=0)) != {reach}:
            fail("images are shifted by less or more than their reach", f"by up to {np.abs(found).max()}, not {reach}")


def is_drawn_from(submission, transform, images):
    """Tell whether a generator in the same state gives the same again, one in another state something else."""
    chances = (generator(submission, seed) for seed in (1, 1, 2))
    one, again, elsewhere = (transformed(transform(each), images, "the images") for each in chances)
    return (one == again).all() and not (one == elsewhere).all()


def assert_drawn_from(submission, transform, images):
    """Fail unless the generator decides what becomes of the images, and goes on from call to call."""
    chance = generator(submission, 1)
    one, next_one = (transformed(transform(chance), images, "the images") for _ in range(2))
    if not is_drawn_from(submission, transform, images) or (one == next_one).all():
        fail("the generator alone does not decide what becomes of the images, anew in each call")
    assert_generators_left(submission, lambda: transform(chance))


@criterion("transforms.images.flip")
@given(seed=seeds)
@settings(max_examples=1)
def test_the_generator_decides_which_are_flipped(submission, seed):
    """Flip the same images again for a generator in the same state, others for another and in the next call.

    Catches: torch's global random numbers, a seed of one's own.
    """
    images = spread((40, 1, 2, 3), seed)
    assert_drawn_from(submission, lambda each: submission.random_flip(tensor(images), 0.5, each), images)


@criterion("transforms.images.shift")
@given(seed=seeds, reach=st.integers(1, 3))
@settings(max_examples=2)
def test_each_image_is_shifted_by_itself(submission, seed, reach):
    """Shift each image by up to `reach` pixels in both directions, zeros coming in; all distances are equally likely.

    Catches: one distance for all, edges that wrap around or are repeated, only one direction, a pixel too many or few,
    distances that are rounded, the same for rows and columns, or drawn for some images together, large numbers clipped.
    """
    for side, size in ((4, 1), (5, 300)):
        images = size * spread((20 * (2 * reach + 1) ** 2, 1, 5, side), seed).astype(np.float32)
        call = submission.random_shift(tensor(images), reach, generator(submission, seed))
        got = transformed(call, images, "the shifted images")
        assert_shifts(shifts(got, images, reach), reach)


@criterion("transforms.images.shift")
@given(seed=seeds)
@settings(max_examples=1)
def test_the_generator_decides_by_how_much_they_are_shifted(submission, seed):
    """Shift by the same distances again for a generator in the same state, by others for another and in the next call.

    Catches: torch's global random numbers, a seed of one's own, channels that are shifted apart.
    """
    images = spread((30, 3, 4, 6), seed)
    assert_drawn_from(submission, lambda each: submission.random_shift(tensor(images), 2, each), images)
    got = submission.random_shift(tensor(images), 2, generator(submission, seed))
    if (shifts(transformed(got, images, "the shifted images"), images, 2) == -99).any():
        fail("an image is not as it was but for a shift with zeros")


@criterion("transforms.images.batch")
@given(seed=seeds)
@settings(max_examples=1)
def test_training_images_change_and_keep_their_classes(submission, seed):
    """In training flip and shift each image, and keep its class; otherwise change nothing.

    Catches: images or classes reordered, transforms in evaluation, none in training, one of the two left out.
    """
    images, classes = spread((300, 1, 3, 4), seed), np.random.default_rng(seed).integers(-3, 300, 300)
    for training in (False, True):
        got = submission.batch_of(tensor(images), tensor(classes), training, generator(submission, seed))
        if not isinstance(got, tuple | list) or len(got) != 2:
            fail("batch_of does not return a pair (images, classes)", f"got: {got!r:.200}")
        assert_close(got[1], tensor(classes), what="the classes")
        if plain(got[1]).dtype != classes.dtype:
            fail("the classes are of another dtype", f"expected {classes.dtype}, got {plain(got[1]).dtype}")
        array = transformed(got[0], images, "the images")
        if not training:
            assert_close(got[0], tensor(images), what="the images for evaluation")
    straight, turned = (shifts(array, each, 2) for each in (images, images[..., ::-1]))
    flips = straight[:, 0] == -99
    if (turned[flips] == -99).any():
        fail("an image is not its own, flipped and shifted")
    assert_share(flips.sum(), 300, 0.5, "images are flipped too often or too seldom")
    found = np.where(flips[:, None], turned, straight)
    if (np.abs(found) > 2).any():
        fail("images are not shifted as asked for in training")
    for each in (found + 2).T:
        assert_even(np.bincount(each, minlength=5), "images are not shifted as asked for in training")


@criterion("transforms.images.batch")
@given(seed=seeds)
@settings(max_examples=1)
def test_each_batch_is_transformed_anew(submission, seed):
    """Transform the same images otherwise in the next step, as the generator says, and a single image too.

    Catches: a generator that is seeded anew, one of one's own, torch's global random numbers.
    """
    images = spread((30, 1, 6, 7), seed)

    def step(chance, images=images):
        got = submission.batch_of(tensor(images), tensor(np.zeros(len(images), int)), True, chance)
        return got[0] if isinstance(got, tuple | list) and len(got) == 2 else None

    chance = generator(submission, seed)
    one, other = (transformed(step(chance), images, "the images") for _ in range(2))
    if (one == other).all():
        fail("two batches of the same images are transformed alike")
    alone = [transformed(step(chance, images[:1]), images[:1], "the image") for _ in range(12)]
    if all(np.array_equal(alone[0], each) for each in alone):
        fail("a single image is always transformed alike, or not at all")
    # Where one of the two transforms has other random numbers, that is its own criterion's.
    parts = (
        lambda each: submission.random_flip(tensor(images), 0.5, each),
        lambda each: submission.random_shift(tensor(images), 2, each),
    )
    if all(is_drawn_from(submission, each, images) for each in parts):
        assert_drawn_from(submission, step, images)


@criterion("transforms.images.flip")
def test_flips_at_the_edges_of_what_they_may_be_asked(submission):
    """Return images as they were or flipped: one, of one row or column or hundreds, zeros, equal and large numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    for what, images in at_edges(2, 3, 4, 5).items():
        call = submission.random_flip(tensor(images), 0.5, generator(submission, 1))
        flipped(transformed(call, images, f"the flipped images, {what},"), images)


@criterion("transforms.images.shift")
def test_shifts_at_the_edges_of_what_they_may_be_asked(submission):
    """Return images shifted by up to two pixels: one, and of hundreds of rows or columns, zeros, equal, large numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    for what, images in at_edges(2, 3, 5, 6, least=(1, 1, 5, 5)).items():
        call = submission.random_shift(tensor(images), 2, generator(submission, 1))
        assert_are_shifted(transformed(call, images, f"the shifted images, {what},"), images)


@criterion("transforms.images.batch")
def test_a_batch_at_the_edges_of_what_it_may_be_asked(submission):
    """Return, in training, images that are flipped and shifted, or neither: one, zeros, equal and large numbers.

    Catches: an axis of one entry that is squeezed away, zeros taken for what is missing, a clip.
    """
    for what, images in at_edges(2, 3, 5, 6, least=(1, 1, 5, 5)).items():
        classes = tensor(np.arange(len(images)))
        for training in (True, False):
            got = submission.batch_of(tensor(images), classes, training, generator(submission, 1))
            if not isinstance(got, tuple | list) or len(got) != 2:
                fail("batch_of does not return a pair", f"got: {got!r:.200}")
            array = transformed(got[0], images, f"the images of the batch, {what},")
            if training:
                either = [shifts(array, each, 2)[:, 0] != -99 for each in (images, images[..., ::-1])]
                if not np.any(either, axis=0).all():
                    fail("an image is not as it was but for a flip and a shift with zeros")
            else:
                assert_close(tensor(array), tensor(images), what="the images where it is not training")
            assert_close(got[1], classes, what="the classes")


def assert_are_shifted(got, images):
    if (shifts(got, images, 2) == -99).any():
        fail("an image is not as it was but for a shift with zeros")
