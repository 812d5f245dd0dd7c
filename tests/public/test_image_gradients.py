"""Public checks of saliency maps, on a network that is small enough to follow by hand.

An image has two channels of 2 × 2 pixels; a dense layer, a ReLU and a second dense layer make two scores of
it, without biases. All of it is written out here in NumPy. What hidden checks ask besides: larger images, networks of
convolutions in training mode, a single image.
"""

import numpy as np

from grader.checks import (
    Layer,
    Network,
    assert_close,
    assert_repeated,
    assert_untouched,
    criterion,
    small_network,
    tensor,
)

W1 = np.array(
    [
        [1.0, -2.0, 0.5, 1.5, -1.0, 2.0, 1.0, -0.5],
        [-1.0, 1.0, 2.5, 0.5, 1.0, -3.0, 0.5, 2.0],
        [2.0, 0.5, -1.0, -1.5, 2.0, 1.0, -2.0, 1.0],
    ]
)
W2 = np.array([[1.0, -1.0, 2.0], [-0.5, 2.0, -1.0]])
IMAGES = np.array(
    [
        [[[1.5, 0.5], [1.0, 0.5]], [[-1.0, 1.0], [2.0, -0.5]]],
        [[[-0.5, 2.0], [1.0, 1.0]], [[1.0, -0.5], [0.5, 1.5]]],
    ]
)
DENSE = Network(
    {
        "flatten": Layer("Flatten"),
        "fc1": Layer("Linear", {"in_features": 8, "out_features": 3, "bias": False}, {"weight": W1}),
        "relu": Layer("ReLU"),
        "fc2": Layer("Linear", {"in_features": 3, "out_features": 2, "bias": False}, {"weight": W2}),
    },
)
PREDICTED = np.array([0, 1])
OTHERS = np.array([1, 0])


def gradients(labels):
    """Return the derivative of each image's score of its class by each pixel, shape (N, 2, 2, 2)."""
    rows = [W1.T @ (W2[k] * (W1 @ image.reshape(-1) > 0)) for image, k in zip(IMAGES, labels, strict=True)]
    return np.array(rows).reshape(IMAGES.shape)


def maps(labels):
    return tensor(np.abs(gradients(labels)).max(axis=1))


@criterion("maps.saliency.values")
def test_saliency_by_hand(submission):
    """Return at each pixel the largest absolute derivative over the channels.

    Catches: no absolute value, channels summed or averaged, the gradient of a loss.
    """
    raw = gradients(PREDICTED)
    others = {
        "The absolute value is missing: a score that falls with a pixel depends on it too.": tensor(raw.max(axis=1)),
        "The absolute value is taken too late: take it before the largest over the channels.": tensor(
            np.abs(raw.max(axis=1))
        ),
        "The channels are added up; take the largest.": tensor(np.abs(raw).sum(axis=1)),
        "The channels are averaged; take the largest.": tensor(np.abs(raw).mean(axis=1)),
        "All channels are returned; take the largest over them.": tensor(np.abs(raw)),
        "This is the mean over the batch; each image has its own gradient, undivided.": tensor(
            np.abs(raw).max(axis=1) / 2
        ),
    }
    got = submission.saliency_maps(DENSE.on(submission), tensor(IMAGES), tensor(PREDICTED))
    assert_close(got, maps(PREDICTED), what="the maps", confusions=others)


@criterion("maps.saliency.labels")
def test_saliency_of_other_labels(submission):
    """Return the map of the class that is given as correct, which the model need not predict.

    Catches: the predicted class, one class for all.
    """
    others = {
        "The given classes are ignored: these are the maps of the predicted ones.": maps(PREDICTED),
        "The first image's class is taken for all.": maps(OTHERS[:1].repeat(2)),
    }
    got = submission.saliency_maps(DENSE.on(submission), tensor(IMAGES), tensor(OTHERS))
    assert_close(got, maps(OTHERS), what="the maps", confusions=others)


@criterion("maps.saliency.batch")
def test_saliency_of_one_image(submission):
    """Return a map of shape (1, H, W) for a single image.

    Catches: squeeze(), which takes the batch away.
    """
    got = submission.saliency_maps(DENSE.on(submission), tensor(IMAGES[:1]), tensor(PREDICTED[:1]))
    right = tensor(maps(PREDICTED).array[:1])
    squeezed = {"squeeze() without a dimension takes every side of length 1 away; N may be 1.": right.array.squeeze()}
    others = {sentence: tensor(array) for sentence, array in squeezed.items()}
    assert_close(got, right, what="the maps", confusions=others)


@criterion("maps.saliency.batch")
def test_saliency_of_images_of_one_row(submission):
    """Return a map of shape (N, 1, W) for images of one row and one channel.

    Catches: squeeze(), which takes every side of length 1 away.
    """
    weights = np.array([[1.0, -2.0, 0.5], [-1.5, 1.0, 2.0]])
    linear = Layer("Linear", {"in_features": 3, "out_features": 2, "bias": False}, {"weight": weights})
    model = Network({"flatten": Layer("Flatten"), "fc": linear}, code="ONE_ROW").on(submission)
    rows = np.array([[1.0, 1.0, 1.0], [2.0, 1.0, 3.0]])[:, None, None]  # of other scores, so that one is the largest
    got = submission.saliency_maps(model, tensor(rows), tensor(np.array([1, 1])))
    right = np.abs(weights[[1, 1]])[:, None]
    squeezed = {"squeeze() without a dimension takes every side of length 1 away.": tensor(right[:, 0])}
    assert_close(got, tensor(right), what="the maps", confusions=squeezed)


@criterion("maps.saliency.untouched")
def test_saliency_leaves_the_model_as_it_was(submission):
    """Leave each part of the model in the mode it came in, and the gradients of its parameters as they were.

    Catches: eval() without a way back, one mode for all parts, `.grad` left on parameters or taken away by zero_grad().
    """
    model = small_network("modules").in_use_on(submission, training=True)
    images, labels = tensor(np.ones((2, 3, 6, 8))), np.array([0, 3])
    before = Network.state_of(model)
    got = submission.saliency_maps(model, images, tensor(labels))
    assert_untouched(before, Network.state_of(model))
    again = submission.saliency_maps(model, images, tensor(labels))
    other = submission.saliency_maps(small_network("residual").on(submission), images, tensor(labels))
    assert_repeated(got, again, other, shape=(2, 6, 8), what="the answer")
