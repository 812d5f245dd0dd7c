"""Hidden checks of fooling images: their outcome on seeded networks, and their steps where each way up is the same.

The networks of the first have nearly orthogonal gradients for their classes, so that going up the score, the
probability or its logarithm all win within 33 steps of a quarter for each of the seeds.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, assert_close, assert_untouched, criterion, fail, spread, tensor
from grader.checks.closeness import tensor_numbers

# Few, since a failing seed is shrunk as any number is, and each try costs a call.
seeds = st.integers(0, 9)
SHAPE, WIDTH, CLASSES, STEP = (1, 3, 4, 5), 96, 5, 0.25


def network(seed, classes=CLASSES):
    """Return a classifier of images of 4 × 5 pixels with normalisation and a ReLU."""
    random, pixels = np.random.default_rng(seed), 3 * 4 * 5
    norm = {
        "weight": random.uniform(0.8, 1.6, 3), "bias": random.normal(size=3) * 0.3,
        "running_mean": random.normal(size=3) * 0.5, "running_var": random.uniform(0.5, 1.5, 3),
        "num_batches_tracked": np.array(7),
    }  # fmt: skip
    first = {"weight": random.normal(size=(WIDTH, pixels)) / pixels**0.5, "bias": random.normal(size=WIDTH)}
    second = {"weight": np.linalg.qr(random.normal(size=(WIDTH, classes)))[0].T.copy(), "bias": np.zeros(classes)}
    children = {
        "norm": Layer("BatchNorm2d", {"num_features": 3}, norm),
        "flatten": Layer("Flatten"),
        "fc1": Layer("Linear", {"in_features": pixels, "out_features": WIDTH}, first),
        "relu": Layer("ReLU"),
        "fc2": Layer("Linear", {"in_features": WIDTH, "out_features": classes}, second),
    }
    return Network(children, code=f"network({seed})")


def scores_of(described, images):
    import torch

    with torch.no_grad():
        return described.module().eval()(torch.from_numpy(images.astype(float))).numpy()


def distances(described, image, target):
    """Return how far one goes by the score and by the logarithm of the probability until the target wins."""
    import torch

    model = described.module().eval()
    for rising in (lambda scores: scores, lambda scores: scores.log_softmax(dim=1)):
        x = torch.from_numpy(image.copy())
        while True:
            x = x.detach().requires_grad_()
            scores = model(x)
            if scores.argmax() == target:
                break
            slope = torch.autograd.grad(rising(scores)[0, target], x)[0]
            x = x + STEP * slope / slope.norm()
        yield float(np.linalg.norm(x.detach().numpy() - image))


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
@given(seed=seeds, place=st.integers(0, CLASSES - 2))
@settings(max_examples=3)
def test_the_target_wins_by_a_small_change(submission, seed, place):
    """Return an image that the model, in evaluation mode, takes for the target, at a small distance.

    Catches: descent, the predicted class's score, no eval(), an image that goes on long after the target has won.
    """
    described, image = network(seed), spread(SHAPE, seed)
    target = int(others(described, image)[place])
    demand_fooled(
        submission.fooling_image(described.on(submission), tensor(image), target, STEP), described, image, target
    )


def opposite(seed):
    """Return a network of two classes whose scores are w · x + b and the same with the other sign, with w and b."""
    w, b = spread(12, seed), spread(1, seed + 1)
    linear = Layer(
        "Linear", {"in_features": 12, "out_features": 2}, {"weight": np.array([w, -w]), "bias": np.array([b, -b])[:, 0]}
    )
    return Network({"flatten": Layer("Flatten"), "fc": linear}, code=f"opposite({seed})"), w, float(b[0])


def started(w, b, steps, length, seed):
    """Return an image that takes so many steps of this length up to w · x + b > 0, the last one half in vain."""
    image = spread(12, seed + 2)
    return image - w / (w @ w) * (w @ image + b + (steps - 0.5) * length * np.linalg.norm(w))


@criterion("fooling.image.step")
@given(seed=seeds, steps=st.integers(2, 4), length=st.sampled_from([0.125, 0.375]), target=st.integers(0, 1))
@settings(max_examples=4)
def test_steps_have_their_length_and_end_when_the_target_wins(submission, seed, steps, length, target):
    """Go along the gradient by steps of the given length, and return the first image that wins.

    Catches: no normalisation, another norm, a step too many or too few, a limit that is a number of steps.
    """
    described, w, b = opposite(seed)
    w, b = (w, b) if target == 0 else (-w, -b)
    image = started(w, b, steps, length, seed)
    right = image + steps * length * w / np.linalg.norm(w)
    shaped = (1, 1, 3, 4)
    got = submission.fooling_image(described.on(submission), tensor(image.reshape(shaped)), target, length)
    assert_close(got, tensor(right.reshape(shaped)), what="the fooling image")


@criterion("fooling.image.ends")
@given(seed=seeds, limit=st.integers(1, 3))
@settings(max_examples=3)
def test_the_limit_is_kept_and_what_wins_stays(submission, seed, limit):
    """Return the image after `limit` steps at the latest, and one that wins already as it is.

    Catches: a limit that is one off or ignored, the original in place of what was reached, a step before looking.
    """
    described, w, b = opposite(seed)
    image = started(w, b, 6, 0.25, seed)
    right = image + limit * 0.25 * w / np.linalg.norm(w)
    given_image = tensor(image.reshape(1, 3, 2, 2))
    got = submission.fooling_image(described.on(submission), given_image, 0, 0.25, limit)
    assert_close(got, tensor(right.reshape(1, 3, 2, 2)), what="the image after the last step")
    got = submission.fooling_image(described.on(submission), given_image, 1, 0.25, limit)
    assert_close(got, given_image, what="an image that wins already")


@criterion("fooling.image.untouched")
@given(seed=seeds, training=st.booleans())
@settings(max_examples=2)
def test_the_model_and_the_original_are_left_alone(submission, seed, training):
    """Leave the image, and the model's mode, parameters and `.grad`, as they were.

    Catches: steps in place, eval() without a way back, `.grad` left on parameters.
    """
    described, image = network(seed), spread(SHAPE, seed)
    target = int(others(described, image)[0])
    model = described.on(submission)
    model.train(training)
    before = Network.state_of(model)
    got, left = submission.fooling_image.with_arguments(model, tensor(image), target, STEP)
    assert_untouched(before, Network.state_of(model))
    assert_close(left[1], tensor(image), what="the original after the call")
    demand_fooled(got, described, image, target)


@st.composite
def transfers(draw):
    """Draw a network, images, fooling images and targets of which some win, some merely change, some stay."""
    seed = draw(seeds)
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
            return described, images, fooled, targets, shares
    raise AssertionError("no such images in a thousand")


def pair(submission, drawn):
    described, images, fooled, targets, _ = drawn
    model = described.on(submission)
    before = Network.state_of(model)
    got = submission.transfer(model, tensor(images), tensor(fooled), tensor(targets))
    assert_untouched(before, Network.state_of(model))
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("a pair (targeted, changed) is asked for")
    return got


@criterion("fooling.transfer.targeted")
@given(drawn=transfers())
@settings(max_examples=3)
def test_the_share_that_the_second_network_takes_for_the_target(submission, drawn):
    """Return the share of images that become the target to the second network, in evaluation mode.

    Catches: originals that were the target already, numbers in place of shares, no eval().
    """
    assert_close(pair(submission, drawn)[0], tensor(drawn[4][0]), what="the share taken for the target")


@criterion("fooling.transfer.changed")
@given(drawn=transfers())
@settings(max_examples=3)
def test_the_share_that_the_second_network_takes_for_something_else(submission, drawn):
    """Return the share of images that change their class for the second network, in evaluation mode.

    Catches: only the target counted, the share of those that stay, no eval().
    """
    assert_close(pair(submission, drawn)[1], tensor(drawn[4][1]), what="the share taken for another class")
