"""Hidden checks of localisation: the classifier itself, on each part of a larger image.

The classifier's convolutions and its pooling have no padding, so that a part of an image has the features that it has
within the image. Its total stride is 4 and a feature sees 9 × 9 pixels; images for which its last feature map has 2 × 3
places have 13 × 17. Networks arrive in training mode.
"""

from functools import cache

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import (
    Layer,
    Network,
    assert_close,
    assert_repeated,
    assert_untouched,
    at_edges,
    criterion,
    extremes,
    fail,
    in_company,
    in_other_modes,
    spread,
    tensor,
)
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.networks.training import give_weights
from grader.worker.wire.tensors import as_array

# Few, since a failing seed is shrunk as any number is, and each try costs a call.
seeds = st.integers(0, 9)
CHANNELS, WIDTH, CLASSES, STRIDE, SEES = 2, 4, 3, 4, 9


@cache
def classifier(seed, *, bias=True):
    random = np.random.default_rng(seed)

    def convolution(inputs, side, stride):
        weights = {"weight": random.normal(size=(WIDTH, inputs, side, side)) / side, "bias": random.normal(size=WIDTH)}
        arguments = {"in_channels": inputs, "out_channels": WIDTH, "kernel_size": side, "stride": stride}
        return Layer("Conv2d", arguments, weights)

    norm = {
        "weight": random.uniform(0.8, 1.6, WIDTH), "bias": random.normal(size=WIDTH),
        "running_mean": random.normal(size=WIDTH), "running_var": random.uniform(0.5, 1.5, WIDTH),
        "num_batches_tracked": np.array(7),
    }  # fmt: skip
    kept = {name: norm[name] for name in ("running_mean", "running_var", "num_batches_tracked")}
    features: dict[str, Layer | Network] = {
        "conv1": convolution(CHANNELS, 3, 2),
        "norm": Layer("BatchNorm2d", {"num_features": WIDTH}, norm),
        "relu1": Layer("ReLU"),
        "shrink": Layer("MaxPool2d", {"kernel_size": 2}),
        "conv2": convolution(WIDTH, 2, 1),
        "norm2": Layer("InstanceNorm2d", {"num_features": WIDTH, "track_running_stats": True}, kept),
        "relu2": Layer("ReLU"),
    }
    dense = {
        "weight": random.normal(size=(CLASSES, WIDTH)),
        **({"bias": random.normal(size=CLASSES) * 3} if bias else {}),
    }
    fc = Layer("Linear", {"in_features": WIDTH, "out_features": CLASSES, "bias": bias}, dense)
    pool = {"pool": Layer("AdaptiveAvgPool2d", {"output_size": 1}), "flatten": Layer("Flatten")}
    return Network({"features": Network(features), **pool, "fc": fc}, code=f"classifier({seed}, bias={bias})")


def said(network, images):
    """Return the classifier's scores of images, in evaluation mode, shape (N, K)."""
    import torch

    with torch.no_grad():
        return built(network)(torch.from_numpy(np.ascontiguousarray(images))).numpy()


@cache
def built(network):
    return network.module().eval()


def everywhere(network, images, window):
    """Return the classifier's scores of each part of the images from which `window` features come: (N, K, h, w)."""
    rows, columns = (SEES + STRIDE * (side - 1) for side in window)
    height, width = images.shape[2:]
    places = [
        [said(network, images[:, :, r : r + rows, c : c + columns]) for c in range(0, width - columns + 1, STRIDE)]
        for r in range(0, height - rows + 1, STRIDE)
    ]
    return np.array(places).transpose(2, 3, 0, 1)


def parts(submission, network):
    """Return the whole model, its features and its dense layer, on the submission's side."""
    model = network.on(submission)
    return model, submission.read(model, "features"), submission.read(model, "fc")


@criterion("localisation.response.values")
def test_responses_are_what_the_classifier_says_of_each_place(submission):
    """Return at each place of the map what the classifier says of the part of the image that this place sees.

    Catches: the pooling left in, the bias left out, a softmax, up-sampling, classes last, no eval(), a greatest number
    of images, pixels or scores that are clipped, responses that are kept or written over.
    """
    many = extremes((41, CHANNELS, 17, 17), 1)
    for seed, bias, images in ((0, True, spread((2, CHANNELS, 15, 21), 0)), (1, False, many), (2, True, many)):
        network = classifier(seed, bias=bias)
        both = parts(submission, network)[1:]
        got = in_company(submission.response_map, [*both, tensor(images)], [*both, tensor(images[::-1] + 1)])
        assert_close(got, tensor(everywhere(network, images, (1, 1))), what="the responses")


@criterion("localisation.response.sizes")
def test_maps_grow_with_the_image(submission):
    """Return a map of the features' size for an image of any size, one image included.

    Catches: squeeze() without a dimension, sizes that are written down.
    """
    for seed, size in enumerate([(9, 9), (9, 17), (21, 13)]):
        network, images = classifier(seed), spread((1, CHANNELS, *size), seed)
        got = submission.response_map(*parts(submission, network)[1:], tensor(images))
        assert_close(got, tensor(everywhere(network, images, (1, 1))), what="the responses")


@criterion("localisation.response.values")
def test_responses_are_those_of_the_weights_as_they_are_now(submission):
    """Return what the classifier says once its weights are others, and of images of zeros or of equal pixels.

    Catches: a copy of the modules, or what follows from their weights, that is kept from an earlier call.
    """
    model, features, fc = parts(submission, classifier(11))
    for seed, images in ((11, spread((2, CHANNELS, 13, 17), 1)), (12, np.zeros((2, CHANNELS, 13, 17)))):
        give_weights(model, classifier(seed), what="the classifier")
        got = submission.response_map(features, fc, tensor(images))
        assert_close(got, tensor(everywhere(classifier(seed), images, (1, 1))), what="the responses")
    images = np.full((2, CHANNELS, 13, 17), 1.5)
    got = submission.response_map(features, fc, tensor(images))
    assert_close(got, tensor(everywhere(classifier(12), images, (1, 1))), what="the responses to equal pixels")


@criterion("localisation.response.untouched")
def test_the_classifier_is_left_as_it_was(submission):
    """Leave the modes, the parameters and the layers of both modules as they were.

    Some of the features' layers are in the other mode.

    Catches: eval() without a way back, train() in any case, one mode put back into all layers, running statistics that
    move, modes that are remembered from the first call.
    """
    for seed, training in ((2, True), (3, False)):
        network, images = classifier(seed), spread((2, CHANNELS, 13, 17), seed)
        model, features, fc = parts(submission, network)
        features.seen_by("put_in_use", training)
        before = Network.state_of(model)
        got, left = submission.response_map.with_arguments(features, fc, tensor(images))
        assert_untouched(before, Network.state_of(model))
        assert_close(left[2], tensor(images), what="the images after the call")
        again = in_other_modes(submission.response_map, features, fc, tensor(images), training=not training)
        other = submission.response_map(*parts(submission, classifier(seed + 50))[1:], tensor(images))
        assert_repeated(got, again, other, shape=(2, CLASSES, 2, 3), what="the response map")


@criterion("localisation.sliding.places")
def test_sliding_scores_are_the_classifiers_own_on_each_part(submission):
    """Return at each place what the classifier says of that part of the image alone.

    Catches: windows side by side, sums, maxima, padding, rows and columns exchanged, no eval(), a greatest number of
    images, pixels, scores or windows that are cut off, scores that are kept or written over.
    """
    few, many = spread((2, CHANNELS, 25, 21), 4), extremes((41, CHANNELS, 21, 21), 6)
    large = spread((2, CHANNELS, 41, 33), 8)
    for seed, window, images in ((4, (1, 2), few), (5, (3, 2), few), (6, (2, 2), many), (8, (7, 5), large)):
        network = classifier(seed)
        model, features, fc = parts(submission, network)
        before = Network.state_of(model)
        both = features, fc
        others = [*both, tensor(images[::-1] + 1), window]
        got = in_company(submission.sliding_scores, [*both, tensor(images), window], others)
        assert_untouched(before, Network.state_of(model))
        assert_close(got, tensor(everywhere(network, images, window)), what="the scores")


@criterion("localisation.sliding.places")
def test_sliding_scores_leave_both_modules_in_their_modes(submission):
    """Leave the mode of each module within, be it training or evaluation, and use the weights as they are now.

    Catches: train() in any case, eval() without a way back, one mode put back into all layers, copies that are kept.
    """
    images = spread((2, CHANNELS, 17, 21), 5)
    for seed, training in ((8, True), (9, False)):
        model, features, fc = parts(submission, classifier(seed))
        features.seen_by("put_in_use", training)
        before = Network.state_of(model)
        submission.sliding_scores(features, fc, tensor(images), (2, 2))
        assert_untouched(before, Network.state_of(model))
        give_weights(model, classifier(seed + 20), what="the classifier")
        got = submission.sliding_scores(features, fc, tensor(images), (2, 2))
        assert_close(got, tensor(everywhere(classifier(seed + 20), images, (2, 2))), what="the scores")


@criterion("localisation.sliding.own_size")
def test_at_its_own_size_it_is_the_classifier(submission):
    """Return the classifier's own scores, of shape (N, K, 1, 1), for images of its own size.

    Catches: padding, squeeze(), no eval().
    """
    for seed, number in ((6, 1), (7, 2)):
        network, images = classifier(seed), spread((number, CHANNELS, 13, 17), seed)
        got = submission.sliding_scores(*parts(submission, network)[1:], tensor(images), (2, 3))
        assert_close(got, tensor(said(network, images)[:, :, None, None]), what="the scores")


@st.composite
def peaks(draw):
    """Draw scores, also large ones, in which each image and class has its highest at a place of its own."""
    shape = draw(st.sampled_from([(3, 3, 4, 6), (11, 3, 6, 4), (2, 3, 4, 6)]))
    seed = draw(seeds)
    scores, random = spread(shape, seed), np.random.default_rng(seed)
    columns = shape[3]
    scores[:, :, 0, 0] = -8
    for image in range(shape[0]):
        # In the upper right and lower left, where exchanging rows and columns shows.
        for k, place in enumerate(random.choice(columns - 1, shape[1], replace=False) + 1):
            scores[image, k].flat[place if image % 2 else place + 2 * columns] = 4.0 + random.uniform(0, 1)
    return draw(st.sampled_from([1, 300])) * scores


def found(scores, target):
    return np.array([np.unravel_index(image[target].argmax(), image[target].shape) for image in scores])


@criterion("localisation.place.window")
@given(scores=peaks(), target=st.integers(0, 2))
@settings(max_examples=4)
def test_the_window_where_the_class_scores_highest(submission, scores, target):
    """Return row and column of each image's window that scores highest for the class.

    Catches: rows and columns exchanged, another class, one place for all images, the place in the flattened map, scores
    that are clipped or in half precision, ten images at most.
    """
    for these in (scores, scores / 100 + 1000):
        got = submission.locate(tensor(these), target, 1)
        assert_close(got, tensor(found(these, target)), what="the windows")


@criterion("localisation.place.window")
def test_any_of_equals(submission):
    """Return one place for each image where several score highest, in maps of one row, one column or one place too.

    Catches: all of the highest places, squeeze() without a dimension, scores compared with 0.
    """
    for seed, shape in enumerate([(3, 2, 3, 4), (1, 3, 1, 5), (2, 1, 4, 1), (1, 1, 1, 1), (1, 2, 3, 2)]):
        # Few and negative levels: several places are the highest, and none is above 0.
        scores = -1.0 - np.random.default_rng(seed).integers(0, 3, shape)
        target = shape[1] - 1
        got = submission.locate(tensor(scores), target, 1)
        places = tensor_numbers(got, what="the windows")
        if places.shape != (shape[0], 2):
            fail("the windows have the wrong shape", f"expected {(shape[0], 2)}, got {places.shape}")
        for image, (row, column) in zip(scores[:, target], places, strict=True):
            if (row, column) not in {*np.ndindex(image.shape)} or image[int(row), int(column)] != image.max():
                fail("a window is not one of those with the highest score")


@criterion("localisation.place.pixels")
@given(scores=peaks(), stride=st.integers(2, 32), target=st.integers(0, 2))
@example(scores=spread((2, 14, 4, 6), 1), stride=300, target=13)
@settings(max_examples=4)
def test_the_place_in_pixels(submission, scores, stride, target):
    """Return the pixel in the image at which the window begins, as integers.

    Catches: places on the map, the window's centre, a stride in one direction only or cut off, numbers with a point.
    """
    got = submission.locate(tensor(scores), target, stride)
    assert_close(got, tensor(stride * found(scores, target)), what="the pixels")
    if as_array(got).dtype.kind not in "iu":
        fail(
            "an integer tensor is asked for",
            f"got {as_array(got).dtype}",
            "These are numbers with a point; pixels are counted by an integer tensor.",
        )


@criterion("localisation.place.pixels")
def test_places_in_large_images(submission):
    """Return places of hundreds and thousands of pixels, in maps of one row, one column and many.

    Catches: integers of eight bits, which end at 127 or 255, an axis of one entry that is squeezed away.
    """
    for what, scores in at_edges(2, 3, 5, 6).items():
        if np.ptp(scores):
            for stride in (1, 64):
                got = submission.locate(tensor(scores), len(scores[0]) - 1, stride)
                right = stride * found(scores, len(scores[0]) - 1)
                assert_close(got, tensor(right), what=f"the pixels at a stride of {stride}, {what}")
    last = np.zeros((1, 1, 40, 50))
    last[..., -1, -1] = 1.0
    assert_close(submission.locate(tensor(last), 0, 32), tensor(np.array([[1248, 1568]])), what="the pixels")
