"""Public checks of fooling images, on networks of one dense layer that one can follow by hand.

An image is one row of three pixels. In `OPPOSITE` class 0 scores w · x and class 1 the same with the other sign, so
that the score, the probability and its logarithm all rise in one direction, that of w or of -w, and each step is known.
What hidden checks ask besides: a network with normalisation and a ReLU, in training mode, of five classes.
"""

import numpy as np

from grader.checks import (
    Layer,
    Network,
    assert_close,
    assert_repeated,
    assert_untouched,
    criterion,
    fail,
    tensor,
    told_apart,
)
from grader.checks.comparing.closeness import tensor_numbers

W = np.array([2.0, -1.0, 2.0])  # 3 long
START = np.array([-1.0, 2.0, 0.0])  # W · START = -4


def one_layer(weight):
    linear = Layer("Linear", {"in_features": 3, "out_features": len(weight), "bias": False}, {"weight": weight})
    return Network({"flatten": Layer("Flatten"), "fc": linear})


OPPOSITE = one_layer(np.array([W, -W]))
THREE = one_layer(np.array([[2.0, 0.5, -1.0], [-1.0, 2.0, 0.5], [0.5, -1.0, 2.0]]))
OTHER = one_layer(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))


def row(*pixels):
    return tensor(np.array(pixels).reshape(1, 1, 1, 3))


def after(steps, length=0.4):
    return row(*(START + steps * length * W / 3))


@criterion("fooling.image.wins")
def test_the_target_wins(submission):
    """Return an image that the model takes for the target, near the one it was made of.

    Catches: descent, another class's score, an image that is made of nothing.
    """
    image = np.array([1.0, 0.5, 0.25])
    for target in (1, 2):
        got = submission.fooling_image(THREE.on(submission), row(*image), target, 0.25)
        array = tensor_numbers(got, what="the fooling image")
        if array.shape != (1, 1, 1, 3):
            fail("the fooling image has the wrong shape", f"expected (1, 1, 1, 3), got {array.shape}")
        scores = THREE.children["fc"].weights["weight"] @ array.reshape(3)
        if scores.argmax() != target or not np.isfinite(array).all():
            fail("the model does not take the image for the target", f"target {target}, scores {scores}")
        if np.linalg.norm(array.reshape(3) - image) > 2:
            fail("the image is further away than it need be", f"from {image} to {array.reshape(3)}")


@criterion("fooling.image.step")
def test_each_step_is_as_long_as_it_was_asked_for(submission):
    """Go up by steps of the given length.

    Catches: no normalisation, another norm, the gradient's signs. Where steps end is another criterion's.
    """
    signs = row(*(START + 0.4 * np.sign(W)))
    others = {
        "The gradient is not divided by its norm: steps are as long as the gradient happens to be.": row(
            *START + 0.8 * W
        ),
        "The gradient is divided by its largest entry; divide it by its Euclidean norm.": row(*START + 0.6 * W),
        "The gradient is divided by the sum of its absolute values; divide it by its Euclidean norm.": row(
            *START + 0.48 * W
        ),
        "These are the gradient's signs; divide it by its Euclidean norm.": lambda: signs,
    }
    got = submission.fooling_image(OPPOSITE.on(submission), row(*START), 0, 0.4)
    array = tensor_numbers(got, what="the fooling image")
    steps = next((k for k in (3, 5) if array.shape == (1, 1, 1, 3) and np.allclose(array, after(k).array)), 4)
    with told_apart(submission, lambda: submission.fooling_image(THREE.on(submission), row(1.0, 0.5, 0.25), 1, 0.25)):
        assert_close(got, after(steps), what="the fooling image", confusions=others)


@criterion("fooling.image.step")
def test_steps_among_three_classes(submission):
    """Go up the target's score where there are three classes: along its weights, or those less the mean of all.

    Catches: going up the target's distance to the class that leads.
    """
    image = np.array([1.0, 0.5, 0.25])
    got = submission.fooling_image(THREE.on(submission), row(*image), 2, 0.25)
    array = tensor_numbers(got, what="the fooling image")
    ways = [way_up(image, 2, along) for along in (to_the_score, to_the_probability)]
    # Where steps end is another criterion's: the last but one, the first that wins, and one further.
    known = (row(*each) for images in ways for each in images[-3:])
    right = next((each for each in known if each.array.shape == array.shape and np.allclose(each.array, array)), None)
    margin = "This goes up the target's distance to the class that leads; go up the target's own score."
    others = {margin: row(*way_up(image, 2, to_the_margin)[-2])}
    assert_close(got, right or row(*ways[0][-2]), what="the fooling image", confusions=others)


def to_the_score(weights, image, target):
    return weights[target]


def to_the_probability(weights, image, target):
    powers = np.exp(weights @ image)
    return weights[target] - powers @ weights / powers.sum()


def to_the_margin(weights, image, target):
    return weights[target] - weights[(weights @ image).argmax()]


def way_up(image, target, along):
    """Return the images on the way in `THREE`, by steps of a quarter, to the first that wins and a step further."""
    weights, images, wins = THREE.children["fc"].weights["weight"], [image], False
    while not wins:
        wins = (weights @ images[-1]).argmax() == target
        slope = to_the_score(weights, images[-1], target) if wins else along(weights, images[-1], target)
        images.append(images[-1] + 0.25 * slope / np.linalg.norm(slope))
    return images


@criterion("fooling.image.ends")
def test_the_image_after_the_last_step(submission):
    """Return the image after `limit` steps where the target has not won by then, and the image itself where it wins.

    Catches: a fixed number of steps, one too many or too few, a step though the target wins already.
    """
    others = {
        "This is one step less than the limit.": after(1),
        "This is one step more than the limit.": after(3),
        "The limit is ignored: steps end where it is reached.": after(4),
        "The image comes back unchanged where the limit is reached; return what the steps have made of it.": row(
            *START
        ),
    }
    got = submission.fooling_image(OPPOSITE.on(submission), row(*START), 0, 0.4, 9)
    too_many = {"This is one step too many: look whether the target wins before each step.": after(5)}
    assert_close(got, after(4), what="the image where nine steps are allowed", confusions=too_many)
    got = submission.fooling_image(OPPOSITE.on(submission), row(*START), 0, 0.4, 2)
    assert_close(got, after(2), what="the image after two steps", confusions=others)
    got = submission.fooling_image(OPPOSITE.on(submission), row(*START), 1, 0.4)
    stepped = {"A step is made though the model takes the image for the target already.": after(-1)}
    assert_close(got, row(*START), what="an image that is taken for the target already", confusions=stepped)


@criterion("fooling.image.untouched")
def test_the_original_is_left_alone(submission):
    """Make the steps on a copy of the image, and leave the model's modes and the `.grad` of its parameters alone.

    Catches: steps in place, eval() without a way back, one mode for all parts, `.grad` left on parameters.
    """
    model = OPPOSITE.in_use_on(submission, training=True)
    before = Network.state_of(model)
    got, left = submission.fooling_image.with_arguments(model, row(*START), 0, 0.4)
    assert_untouched(before, Network.state_of(model))
    assert_close(left[1], row(*START), what="the original after the call")
    again = submission.fooling_image(model, row(*START), 0, 0.4)
    other = submission.fooling_image(THREE.on(submission), row(*START), 0, 0.4)
    assert_repeated(got, again, other, shape=(1, 1, 1, 3), what="the image")


IMAGES = np.array([[3.0, 0, 0], [0, 3, 0], [0, 0, 3], [3, 1, 0], [0, 3, 1]])[:, None, None]
FOOLED = np.array([[0, 3.0, 0], [3, 0, 0], [0, 0, 3], [0, 3, 1], [1, 3, 0]])[:, None, None]
TARGETS = np.array([1, 2, 2, 1, 1])


@criterion("fooling.transfer.targeted")
def test_which_images_are_taken_for_their_target(submission):
    """Count the fooling images that the second network takes for their target, and did not before.

    Catches: originals that were taken for it all along, the number instead of the share.
    """
    targeted, _ = shares(submission)
    others = {
        "Some are counted that the network took for the target all along; compare with the originals.": 0.8,
        "This is the number of images; return the share.": 2.0,
        "This is the share that changes class, whichever: the target's are asked for.": 0.6,
    }
    assert_close(targeted, tensor(0.4), what="the share taken for the target", confusions=others)


@criterion("fooling.transfer.changed")
def test_which_images_are_taken_for_another_class(submission):
    """Count the fooling images that the second network takes for another class than the original.

    Catches: only those that are taken for the target, those that are not it.
    """
    _, changed = shares(submission)
    others = {
        "This is the share of those taken for their target: any other class than the original's counts.": 0.4,
        "This is the share of those that keep their class.": 0.4,
        "This is the number of images; return the share.": 3.0,
    }
    assert_close(changed, tensor(0.6), what="the share taken for another class", confusions=others)


def shares(submission):
    got = submission.transfer(OTHER.on(submission), tensor(IMAGES), tensor(FOOLED), tensor(TARGETS))
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("a pair (targeted, changed) is asked for", f"got {got!r:.200}")
    return got
