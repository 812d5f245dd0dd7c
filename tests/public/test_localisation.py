"""Public checks of localisation, on a classifier that is small enough to follow by hand.

Its features are two kernels of 2 × 2 on images of one channel, and a ReLU; a dense layer makes three scores of them.
All of it is written out here in NumPy. What hidden checks ask besides: strides, pooling, normalisation.
"""

import numpy as np

from grader.checks import Layer, Network, assert_close, assert_repeated, assert_untouched, criterion, fail, tensor
from grader.worker.wire.tensors import as_array

KERNELS = np.array([[[[1.0, -1.0], [2.0, 0.5]]], [[[-0.5, 1.5], [1.0, -1.0]]]])
WEIGHTS, BIAS = np.array([[1.0, -0.5], [-1.0, 2.0], [0.5, 1.0]]), np.array([0.25, -0.5, 1.0])
CLASSIFIER = Network(
    {
        "features": Network(
            {
                "conv": Layer(
                    "Conv2d",
                    {"in_channels": 1, "out_channels": 2, "kernel_size": 2, "bias": False},
                    {"weight": KERNELS},
                ),
                "relu": Layer("ReLU"),
            }
        ),
        "pool": Layer("AdaptiveAvgPool2d", {"output_size": 1}),
        "flatten": Layer("Flatten"),
        "fc": Layer("Linear", {"in_features": 2, "out_features": 3}, {"weight": WEIGHTS, "bias": BIAS}),
    },
)
IMAGES = np.array(
    [
        [[[1.0, 0.5, -1.0, 2.0], [0.0, 2.0, 1.0, -0.5], [-1.5, 1.0, 0.5, 1.0]]],
        [[[0.5, -2.0, 1.0, 1.5], [1.0, 0.0, -1.0, 2.0], [2.0, 0.5, 1.5, -1.0]]],
    ]
)


def parts(submission):
    """Return the classifier's features and its dense layer, on the submission's side."""
    model = CLASSIFIER.on(submission)
    return submission.read(model, "features"), submission.read(model, "fc")


def feature_maps(images):
    """Return the features by sums over windows, shape (N, 2, h, w)."""
    windows = np.lib.stride_tricks.sliding_window_view(images[:, 0], (2, 2), axis=(1, 2))
    return np.einsum("nijrs,frs->nfij", windows, KERNELS[:, 0]).clip(0)


def responses(images):
    return np.einsum("nfij,kf->nkij", feature_maps(images), WEIGHTS) + BIAS[:, None, None]


def mixed_up(maps):
    """Return the responses where rows of features are made by reshaping what has them in its second place."""
    n, features, h, w = maps.shape
    rows = maps.reshape(n, h * w, features) @ WEIGHTS.T + BIAS
    return rows.transpose(0, 2, 1).reshape(n, -1, h, w)


@criterion("localisation.response.values")
def test_responses_by_hand(submission):
    """Return the dense layer's scores of the features at each place.

    Catches: the pooling left in, the bias left out, classes last, a softmax.
    """
    right = responses(IMAGES)
    powers = np.exp(right)
    others = {
        "The pooling is left in: this is one score for the whole image.": tensor(
            right.mean(axis=(2, 3), keepdims=True)
        ),
        "The pooling and the flattening are left in: this is one score for the whole image.": tensor(
            right.mean(axis=(2, 3))
        ),
        "The bias of the dense layer is left out.": tensor(right - BIAS[:, None, None]),
        "Classes come last; they take the place of the features, which is the second.": tensor(
            right.transpose(0, 2, 3, 1)
        ),
        "Places and features are mixed up, as by reshape() without permute(0, 2, 3, 1) before it.": tensor(
            mixed_up(feature_maps(IMAGES))
        ),
        "These are probabilities; return the scores.": tensor(powers / powers.sum(axis=1, keepdims=True)),
        "These are the feature maps; the dense layer has to be applied at each place.": tensor(feature_maps(IMAGES)),
    }
    got = submission.response_map(*parts(submission), tensor(IMAGES))
    assert_close(got, tensor(right), what="the responses", confusions=others)


@criterion("localisation.response.sizes")
def test_responses_to_one_small_image(submission):
    """Return a map of 1 × 1 for the smallest image that the features take, with the batch's and the map's sides.

    Catches: squeeze(), sizes that are written down.
    """
    for image in (IMAGES[:1, :, :2, :2], IMAGES[:1], np.concatenate([IMAGES[:1], IMAGES[1:]], axis=3)):
        right = responses(image)
        others = {"squeeze() without a dimension takes every side of length 1 away.": tensor(right.squeeze())}
        got = submission.response_map(*parts(submission), tensor(image))
        assert_close(got, tensor(right), what="the responses", confusions=others)


@criterion("localisation.response.untouched")
def test_both_modules_are_left_as_they_were(submission):
    """Leave features and dense layer in the mode they came in, each of their layers in its own.

    Catches: eval() without a way back, one mode put back into all layers.
    """
    model = CLASSIFIER.on(submission)
    both = submission.read(model, "features"), submission.read(model, "fc")
    both[0].seen_by("put_in_use", True)
    before = Network.state_of(model)
    got = submission.response_map(*both, tensor(IMAGES))
    assert_untouched(before, Network.state_of(model))
    fc = CLASSIFIER.children["fc"]
    turned = Layer(fc.kind, fc.arguments, {"weight": -WEIGHTS, "bias": -BIAS})
    another = Network({**CLASSIFIER.children, "fc": turned}, code="TURNED").on(submission)
    again = submission.response_map(*both, tensor(IMAGES))
    other = submission.response_map(
        submission.read(another, "features"), submission.read(another, "fc"), tensor(IMAGES)
    )
    assert_repeated(got, again, other, shape=(2, 3, 2, 3), what="the response map")


def averages(maps, rows, columns):
    windows = np.lib.stride_tricks.sliding_window_view(maps, (rows, columns), axis=(2, 3))
    return windows.mean(axis=(4, 5))


@criterion("localisation.sliding.places")
def test_sliding_scores_by_hand(submission):
    """Return the scores of each window of features, one next to the other.

    Catches: windows side by side, sums, maxima, padding, rows and columns exchanged, square windows.
    """
    for images, rows, columns in ((IMAGES.transpose(0, 1, 3, 2), 2, 1), (IMAGES, 1, 2)):
        scores = responses(images)
        right = averages(scores, rows, columns)
        apart = right[..., ::rows, ::columns]
        others = {
            "Rows and columns of the window are exchanged.": tensor(averages(scores, columns, rows)),
            "The window has as many columns as rows here; they may differ.": tensor(averages(scores, rows, rows)),
            "The sum over the window is taken; the classifier takes the average.": tensor(
                2 * right - BIAS[:, None, None]
            ),
            "The sum over the window is taken, bias and all; the classifier takes the average.": tensor(2 * right),
            "Windows lie side by side: a pooling's stride is its window unless told otherwise.": tensor(apart),
            "The whole map is averaged; average each window.": tensor(scores.mean(axis=(2, 3), keepdims=True)),
        }
        got = submission.sliding_scores(*parts(submission), tensor(images), (rows, columns))
        assert_close(got, tensor(right), what="the scores", confusions=others)


@criterion("localisation.sliding.own_size")
def test_at_its_own_size_it_is_the_classifier(submission):
    """Return the classifier's own scores, at one place, for images of its own size.

    Catches: padding, an average over fewer places.
    """
    right = responses(IMAGES).mean(axis=(2, 3), keepdims=True)
    flat = {"The scores lie at one place: their shape is (N, K, 1, 1).": tensor(right[:, :, 0, 0])}
    got = submission.sliding_scores(*parts(submission), tensor(IMAGES), (2, 3))
    assert_close(got, tensor(right), what="the scores", confusions=flat)


SCORES = np.zeros((2, 2, 3, 5))
SCORES[0, 0, 1, 3], SCORES[0, 1, 2, 0], SCORES[1, 0, 0, 4], SCORES[1, 1, 0, 2] = 2.0, 3.0, 1.0, 5.0


@criterion("localisation.place.window")
def test_the_window_with_the_highest_score(submission):
    """Return row and column of each image's window that scores highest for the class.

    Catches: rows and columns exchanged, another class, one place for all images.
    """
    right = tensor(np.array([[1, 3], [0, 4]]))
    others = {
        "Columns come before rows.": tensor(np.array([[3, 1], [4, 0]])),
        "These are the places of the other class.": tensor(np.array([[2, 0], [0, 2]])),
        "One place is found for all images; each has its own.": tensor(np.array([[1, 3], [1, 3]])),
        "Places are counted through the map; take them apart by its number of columns.": tensor(
            np.array([[8 // 3, 8 % 3], [4 // 3, 4 % 3]])
        ),
    }
    assert_close(submission.locate(tensor(SCORES), 0, 1), right, what="the windows", confusions=others)


@criterion("localisation.place.pixels")
def test_places_are_pixels(submission):
    """Return the pixel of the window's upper left corner: a step on the map is `stride` pixels.

    Catches: places on the map, a stride in one direction only.
    """
    right = tensor(np.array([[8, 0], [0, 8]]))
    others = {
        "These are places on the map; a step there is `stride` pixels of the image.": tensor(
            np.array([[2, 0], [0, 2]])
        ),
        "This is the window's centre, or half a stride beside its corner.": tensor(np.array([[10, 2], [2, 10]])),
    }
    got = submission.locate(tensor(SCORES), 1, 4)
    assert_close(got, right, what="the pixels", confusions=others)
    if as_array(got).dtype.kind not in "iu":
        fail(
            "an integer tensor is asked for",
            f"got {as_array(got).dtype}",
            "These are numbers with a point; pixels are counted by an integer tensor.",
        )
