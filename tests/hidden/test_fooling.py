"""Hidden checks of fooling images: their outcome on seeded networks, and their steps where each way up is the same.

The networks of the first have nearly orthogonal gradients for their classes, so that going up the score, the
probability or its logarithm all win within 33 steps of a quarter for each of the seeds.
"""

from functools import cache

import numpy as np

from grader.checks import (
    Layer,
    Network,
    assert_close,
    assert_repeated,
    assert_untouched,
    criterion,
    fail,
    in_other_modes,
    numbers,
    spread,
    tensor,
    told_apart,
)
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.networks.training import give_weights
from grader.worker.wire.tensors import as_array

SHAPE, WIDTH, CLASSES, STEP, LIMIT = (1, 3, 4, 5), 96, 5, 0.25, 60


@cache
def network(seed, *, normalised=True):
    """Return a classifier of images of 4 × 5 pixels with normalisation, or without, and a ReLU."""
    random, pixels = np.random.default_rng(seed), 3 * 4 * 5
    norm = {
        "weight": random.uniform(0.8, 1.6, 3), "bias": random.normal(size=3) * 0.3,
        "running_mean": random.normal(size=3) * 0.5, "running_var": random.uniform(0.5, 1.5, 3),
        "num_batches_tracked": np.array(7),
    }  # fmt: skip
    first = {"weight": random.normal(size=(WIDTH, pixels)) / pixels**0.5, "bias": random.normal(size=WIDTH)}
    second = {"weight": np.linalg.qr(random.normal(size=(WIDTH, CLASSES)))[0].T.copy(), "bias": np.zeros(CLASSES)}
    children = {
        **({"norm": Layer("BatchNorm2d", {"num_features": 3}, norm)} if normalised else {}),
        "flatten": Layer("Flatten"),
        "fc1": Layer("Linear", {"in_features": pixels, "out_features": WIDTH}, first),
        "relu": Layer("ReLU"),
        "fc2": Layer("Linear", {"in_features": WIDTH, "out_features": CLASSES}, second),
    }
    return Network(children, code=f"network({seed}, normalised={normalised})")


def scores_of(described, images):
    import torch

    with torch.no_grad():
        return built(described)(torch.from_numpy(images.astype(float))).numpy()


@cache
def built(described):
    return described.module().eval()


# A probability rises where its logarithm does.
RISING = (lambda scores: scores, lambda scores: scores.log_softmax(dim=1))


def way(described, image, target, rising):
    """Return the images on the way up, to the first that wins and a step further."""
    import torch

    model, x, images, wins = built(described), torch.from_numpy(image.copy()), [image], False
    while not wins:
        x = x.detach().requires_grad_()
        scores = model(x)
        wins = bool(scores.argmax() == target)
        slope = torch.autograd.grad(rising(scores)[0, target], x)[0]
        x = x + STEP * slope / slope.norm()
        images.append(x.detach().numpy())
    return images


def distances(described, image, target):
    """Return how far one goes by the score and by the logarithm of the probability until the target wins."""
    return [float(np.linalg.norm(way(described, image, target, rising)[-2] - image)) for rising in RISING]


def others(described, image):
    """Return the classes that the network does not take the image for."""
    return np.delete(np.arange(CLASSES), scores_of(described, image).argmax())


def demand_fooled(got, described, image, target):
    """Fail unless `got` is taken for the target, and not much further from the image than it need be."""
    array = tensor_numbers(got, what="the fooling image")
    if array.shape != image.shape or not np.isfinite(array).all():
        fail("the fooling image is no finite image of the same shape", f"got shape {array.shape}")
    if scores_of(described, array).argmax() != target:
        fail("the model does not take the image for the target")
    # The first image that wins is a step past the boundary at most; half as far again is for other sane ways up.
    if np.linalg.norm(array - image) > 1.5 * max(distances(described, image, target)):
        fail("the image differs from the original by more than it need")


@criterion("fooling.image.wins")
def test_the_target_wins_by_a_small_change(submission):
    """Return an image that the model, in evaluation mode, takes for the target, at a small distance.

    Catches: descent, the predicted class's score, no eval(), an image that goes on long after the target has won.
    """
    for seed in range(3):
        described, image = network(seed), spread(SHAPE, seed)
        target = int(others(described, image)[seed])
        got = submission.fooling_image(described.on(submission), tensor(image), target, STEP, LIMIT)
        demand_fooled(got, described, image, target)


def opposite(seed, size=1.0):
    """Return a network of two classes whose scores are s(x) and -s(x), and a function that gives s and its gradient.

    s(x) = w · x + 2 max(v · x, 0), so that the way up turns where v · x becomes positive.
    """
    w, v = spread(12, seed) * size, spread(12, seed + 1) * size
    bent = np.array([w, -w, v])
    first = Layer("Linear", {"in_features": 12, "out_features": 3, "bias": False}, {"weight": bent})
    sums = np.array([[1.0, -1.0, 2.0], [-1.0, 1.0, -2.0]])
    second = Layer("Linear", {"in_features": 3, "out_features": 2, "bias": False}, {"weight": sums})
    children = {"flatten": Layer("Flatten"), "fc1": first, "relu": Layer("ReLU"), "fc2": second}

    def score(x):
        return w @ x + 2 * max(v @ x, 0.0), w + 2 * v * (v @ x > 0)

    return Network(children, code=f"opposite({seed}, {size})"), score


def path(score, image, length, limit):
    """Return the images on the way up, up to the first that wins."""
    images = [image]
    while score(images[-1])[0] <= 0 and len(images) <= limit:
        slope = score(images[-1])[1]
        images.append(images[-1] + length * slope / np.linalg.norm(slope))
    return images


@cache
def bent_way(seed, length):
    """Return a network, an image, and the way up from it, of 4 steps or more, which turns."""
    for number in range(seed, seed + 10_000):
        described, score = opposite(number)
        images = path(score, spread(12, number + 2), length, LIMIT)
        if not 5 <= len(images) <= 9:
            continue
        slopes = [score(image)[1] for image in images]
        ends = min(abs(score(image)[0]) for image in images[-2:])
        turns = not np.allclose(slopes[0], slopes[2]) and np.allclose(slopes[2:], slopes[2])
        if turns and ends > 0.05:
            return described, images
    raise AssertionError("no such way in ten thousand")


def shaped(image):
    return tensor(image.reshape(1, 3, 2, 2))


@criterion("fooling.image.step")
def test_steps_have_their_length(submission):
    """Go along the gradient at each image by steps of the given length.

    Catches: no normalisation, another norm, the original's gradient. Where steps end is another criterion's.
    """
    for seed, length in ((0, 0.25), (100, 0.375)):
        described, images = bent_way(seed, length)
        got = submission.fooling_image(described.on(submission), shaped(images[0]), 0, length, LIMIT)
        further = images[-1] + (images[-1] - images[-2])  # beyond the turn all steps are the same
        array = tensor_numbers(got, what="the fooling image")
        reached = [each for each in (images[-2], further) if matches(array, shaped(each).array)]
        with told_apart(submission, lambda: of_five(submission)):
            assert_close(got, shaped((reached or images)[-1]), what="the fooling image")


def of_five(submission):
    """Ask where the target is not the only class but the predicted one."""
    described, image = network(0), spread(SHAPE, 0)
    submission.fooling_image(described.on(submission), tensor(image), int(others(described, image)[0]), STEP, 2)


def matches(array, right):
    return array.shape == right.shape and np.allclose(array, right, rtol=1e-5)


@criterion("fooling.image.step")
def test_steps_go_up_the_target_s_score(submission):
    """Go up the target's score, its probability or the logarithm of that, among several classes.

    Catches: another class's score, the target's distance to the class that leads, any other direction.
    """
    for seed in (5, 6):
        described, image = network(seed, normalised=False), spread(SHAPE, seed)
        target = int(others(described, image)[0])
        ways = [way(described, image, target, rising) for rising in RISING]
        got = submission.fooling_image(described.on(submission), tensor(image), target, STEP, LIMIT)
        array = tensor_numbers(got, what="the fooling image")
        # Where steps end is another criterion's: the last but one, the first that wins, and one further.
        accepted = next((each for images in ways for each in images[-3:] if matches(array, each)), ways[0][-2])
        assert_close(got, tensor(accepted), what="the fooling image")


@criterion("fooling.image.ends")
def test_the_limit_is_kept_and_what_wins_stays(submission):
    """Return the first image that wins, the one after `limit` steps at the latest, and one that wins already as it is.

    Catches: a step too many or too few, a limit that is one off or ignored, or not taken where it is 0, the original
    in place of what was reached, a step before looking.
    """
    described, images = bent_way(0, 0.25)
    model = described.on(submission)
    got = submission.fooling_image(model, shaped(images[0]), 0, 0.25, len(images) + 3)
    assert_close(got, shaped(images[-1]), what="the fooling image")
    for limit in (1, 3, 0):
        got = submission.fooling_image(model, shaped(images[0]), 0, 0.25, limit)
        assert_close(got, shaped(images[limit]), what="the image after the last step")
    if (dtype := as_array(got).dtype) != images[0].dtype:
        fail("the fooling image does not have the image's dtype", f"expected {images[0].dtype}, got {dtype}")
    got = submission.fooling_image(described.on(submission), shaped(images[0]), 1, 0.25, 2)
    assert_close(got, shaped(images[0]), what="an image that wins already")


@criterion("fooling.image.ends")
def test_a_hundred_steps_of_length_one_are_made_unless_told_otherwise(submission):
    """Make steps of length 1, and 100 of them at most, where nothing else is asked for.

    Catches: other defaults, more than a hundred steps never made, nor steps longer than 1 or much shorter, steps that
    are shorter where the gradient is small.
    """
    described, score = opposite(0, 1 / 64)  # so flat that even the losing class keeps a probability
    image = -100 * (spread(12, 0) + spread(12, 1))
    images = path(score, image, 1.0, 100)
    got = submission.fooling_image(described.on(submission), shaped(image), 0)
    assert_close(got, shaped(images[100]), what="the image after the last step")
    flat, flat_score = opposite(0, 2e-5)
    steep = described, score
    for (network_, rising), length, limit in (
        (steep, 0.5, 130), (steep, 2.5, 12), (steep, 0.01, 3), ((flat, flat_score), 1.0, 3),
    ):  # fmt: skip
        images = path(rising, image, length, limit)
        got = submission.fooling_image(network_.on(submission), shaped(image), 0, length, limit)
        assert_close(np.asarray(tensor_numbers(got, what="the fooling image")) - image.reshape(1, 3, 2, 2),
                     (images[limit] - image).reshape(1, 3, 2, 2),
                     what=f"how far {limit} steps lead", rtol=1e-3)  # fmt: skip


@criterion("fooling.image.ends")
def test_fooling_images_are_of_the_weights_as_they_are_now(submission):
    """Return the image of the model as it is, once its weights are others, from a start that is zero or equal too.

    Catches: a copy of the model, or an answer, that is kept from an earlier call by which model it is.
    """
    model = network(40, normalised=False).on(submission)
    starts = (spread(SHAPE, 1), np.zeros(SHAPE), np.full(SHAPE, 0.5), np.full(SHAPE, 0.5))
    for seed, start in enumerate(starts, 40):
        described = network(seed, normalised=False)
        give_weights(model, described, what="the model")
        target = int(others(described, start)[0])
        got = submission.fooling_image(model, tensor(start), target, STEP, 1)
        array = tensor_numbers(got, what="the fooling image")
        # Up the score, or up its probability.
        ways = [way(described, start, target, rising)[1] for rising in RISING]
        accepted = next((each for each in ways if matches(array, each)), ways[0])
        assert_close(got, tensor(accepted), what="the image after one step")


@criterion("fooling.image.untouched")
def test_the_model_and_the_original_are_left_alone(submission):
    """Leave the image, and the model's modes, parameters and `.grad`, as they were.

    Parts of the model are in the other mode, or frozen, and parameters have a `.grad` already.

    Catches: steps in place, eval() without a way back, or without one where the target wins already, the model's mode
    put back into all of its parts, modes that are remembered from the first call, `.grad` left on parameters, or taken
    from them by zero_grad().
    """
    for seed, training in ((3, True), (4, False)):
        described, image = network(seed), spread(SHAPE, seed)
        target = int(others(described, image)[0])
        model = described.in_use_on(submission, training=training)
        before = Network.state_of(model)
        got, left = submission.fooling_image.with_arguments(model, tensor(image), target, STEP, LIMIT)
        assert_untouched(before, Network.state_of(model))
        assert_close(left[1], tensor(image), what="the original after the call")
        if matches(tensor_numbers(got, what="the fooling image"), image):
            fail("the fooling image is the original, which the model does not take for the target")
        more = tensor(image), target, STEP, LIMIT
        again = in_other_modes(submission.fooling_image, model, *more, training=not training)
        other = submission.fooling_image(network(seed + 50).on(submission), tensor(image), target, STEP, LIMIT)
        assert_repeated(got, again, other, shape=SHAPE, what="the fooling image")
        before, won = Network.state_of(model), int(scores_of(described, image).argmax())
        submission.fooling_image(model, tensor(image), won, STEP, LIMIT)
        assert_untouched(before, Network.state_of(model))


@cache
def transfers(seed):
    """Return a network, images, fooling images and targets of which some win, some merely change, some stay."""
    for number in range(seed, seed + 1000):
        described, images, fooled = (
            network(number),
            spread((7, *SHAPE[1:]), number),
            spread((7, *SHAPE[1:]), number + 1),
        )
        fooled[:2] = images[:2]
        before, after = (scores_of(described, each).argmax(axis=1) for each in (images, fooled))
        targets = np.where(np.arange(7) % 3 == 0, after, (after + 1) % CLASSES)
        changed = before != after
        shares = [float((changed & (after == targets)).mean()), float(changed.mean()), float((after == targets).mean())]
        if len({*shares, 0.0, 1.0, 1 - shares[1]}) == 6:
            return described, images, fooled, targets, shares[:2]
    raise AssertionError("no such images in a thousand")


def shares(submission, seed):
    """Return the submission's pair and the right one."""
    described, images, fooled, targets, right = transfers(seed)
    model = described.on(submission)
    before = Network.state_of(model)
    got = submission.transfer(model, tensor(images), tensor(fooled), tensor(targets))
    assert_untouched(before, Network.state_of(model))
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("a pair (targeted, changed) is asked for")
    return got, right


@criterion("fooling.transfer.targeted")
def test_the_share_that_the_second_network_takes_for_the_target(submission):
    """Return the share of images that become the target to the second network, in evaluation mode.

    Catches: originals that were the target already, numbers in place of shares, no eval().
    """
    for seed in (0, 100):
        got, right = shares(submission, seed)
        assert_close(got[0], right[0], what="the share taken for the target")


@criterion("fooling.transfer.targeted")
def test_a_single_image_is_all_or_nothing(submission):
    """Return the shares of one image: 1 or 0.

    Catches: squeeze() without a dimension, shares of something else than the images.
    """
    described, images, fooled, targets, _ = transfers(0)
    before, after = (scores_of(described, each).argmax(axis=1) for each in (images, fooled))
    model = described.on(submission)
    for place in (int(np.flatnonzero((before != after) & (after == targets))[0]), 0):
        one = slice(place, place + 1)
        got = submission.transfer(model, tensor(images[one]), tensor(fooled[one]), tensor(targets[one]))
        if not isinstance(got, tuple | list) or len(got) != 2:
            fail("a pair (targeted, changed) is asked for")
        assert_close(got[0], float(place > 0), what="the share taken for the target")


@criterion("fooling.transfer.targeted")
def test_the_shares_of_many_images(submission):
    """Return the shares of 140 images, of which the last twenty alone become their targets.

    Catches: a greatest number of images, means of the means of parts.
    """
    described, images, fooled, targets, _ = transfers(0)
    before, after = (scores_of(described, each).argmax(axis=1) for each in (images, fooled))
    won, stayed = int(np.flatnonzero((before != after) & (after == targets))[0]), 0
    chosen = np.array([stayed] * 120 + [won] * 20)
    got = submission.transfer(described.on(submission), *(tensor(each[chosen]) for each in (images, fooled, targets)))
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("a pair (targeted, changed) is asked for")
    assert_close(got[0], tensor(20 / 140), what="the share taken for the target")


@criterion("fooling.transfer.changed")
def test_the_share_that_the_second_network_takes_for_something_else(submission):
    """Return the share of images that change their class for the second network, in evaluation mode.

    Catches: only the target counted, the share of those that stay, no eval().
    """
    for seed in (0, 100):
        got, right = shares(submission, seed)
        assert_close(got[1], right[1], what="the share taken for another class")


@criterion("fooling.transfer.changed")
def test_the_second_network_is_left_alone(submission):
    """Leave the modes of the second network's parts, its parameters, `.grad` and hooks as they were.

    Catches: one mode put back into all parts, `.grad` taken away, parameters left frozen, hooks cleared.
    """
    described, images, fooled, targets, right = transfers(0)
    for training in (True, False):
        model = described.in_use_on(submission, training=training)
        before = Network.state_of(model)
        got = submission.transfer(model, tensor(images), tensor(fooled), tensor(targets))
        assert_untouched(before, Network.state_of(model))
        if not isinstance(got, tuple | list) or len(got) != 2:
            fail("a pair (targeted, changed) is asked for")
        assert_close(got[1], right[1], what="the share taken for another class")


@criterion("fooling.transfer.changed")
def test_the_shares_of_images_of_zeros_or_of_equal_pixels(submission):
    """Return the share of thirteen images that change their class, of the model as it is now; some are zero or equal.

    Catches: a copy of the model that is kept, ten images at most, images of zeros taken for missing ones.
    """
    model = network(50).on(submission)
    for seed in (50, 51):
        give_weights(model, network(seed), what="the model")
        usual = spread((13, *SHAPE[1:]), seed)
        for images, fooled in ((usual, 0 * usual), (0 * usual, usual), (np.full(usual.shape, 1.5), usual)):
            before, after = (scores_of(network(seed), each).argmax(axis=1) for each in (images, fooled))
            got = submission.transfer(model, tensor(images), tensor(fooled), tensor(after))
            if not isinstance(got, tuple | list) or len(got) != 2:
                fail("a pair (targeted, changed) is asked for")
            assert_close(
                1 + numbers(got[1], what="the share"), 1 + (before != after).mean(), what="one more than the share"
            )
