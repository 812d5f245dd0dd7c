"""Public checks of CAM, Grad-CAM and Guided Grad-CAM, on a network that is small enough to follow by hand.

Four feature maps, each a mixture of an image's three channels with a ReLU after it; their averages; a dense layer with
two classes. All of it is written out here in NumPy. What hidden checks ask besides: layers in the middle of a network,
where gradients differ from place to place, blocks, and the training mode.
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
from grader.worker.wire.tensors import as_array

MIX = np.array([[1.0, -2.0, 0.5], [-1.0, 1.0, 1.5], [2.0, 0.5, -1.0], [0.5, 1.0, 1.0]])
FC = np.array([[1.0, -1.5, 2.0, 0.5], [-0.5, 2.0, -1.0, -1.5]])
BIAS = np.array([0.5, -0.25])
AGAIN = np.array([[1.0, -0.5, 0.5, 0.0], [-1.0, 1.0, 0.5, 0.5], [0.5, 1.0, -1.0, 0.25], [0.0, -1.0, 1.0, 1.0]])
IMAGES = np.array(
    [
        [[[1.5, 0.5, 1.0], [0.0, 1.0, -0.5]], [[0.5, 1.0, 0.0], [1.0, -1.0, 0.5]], [[1.0, 0.0, -1.0], [2.0, 1.0, 1.0]]],
        [[[0.0, -0.5, 0.5], [1.0, -1.0, 0.0]], [[1.0, 2.0, 0.5], [0.5, 1.0, 1.5]], [[1.5, 1.0, 2.0], [0.0, 1.0, 0.5]]],
    ]
)


def mixture(weight):
    """Return a convolution of 1 × 1 that mixes channels."""
    outputs, inputs = weight.shape
    arguments = {"in_channels": inputs, "out_channels": outputs, "kernel_size": 1, "bias": False}
    return Layer("Conv2d", arguments, {"weight": weight[:, :, None, None]})


SMALL = Network(
    {
        "mix": mixture(MIX),
        "relu": Layer("ReLU"),
        "pool": Layer("AdaptiveAvgPool2d", {"output_size": 1}),
        "flatten": Layer("Flatten"),
        "fc": Layer("Linear", {"in_features": 4, "out_features": 2}, {"weight": FC, "bias": BIAS}),
    },
)
FEATURES = np.einsum("kc,nchw->nkhw", MIX, IMAGES).clip(0)
MAPS = np.einsum("ck,nkhw->cnhw", FC, FEATURES)  # of each class, of each image
INPUTS = np.einsum("kc,nchw->nkhw", MIX, IMAGES)  # of the ReLU
PREDICTED = (FC @ FEATURES.mean(axis=(2, 3)).T + BIAS[:, None]).argmax(axis=0)
PLACES = 2 * 3


def of(classes):
    """Return the raw class activation map of each image's class."""
    return MAPS[np.broadcast_to(classes, 2), np.arange(2)]


OF_INPUTS = np.einsum("nk,nkhw->nhw", FC[PREDICTED], INPUTS)


def call(function, submission, *rest):
    """Call a function with the network, the images, its layer `relu`, and more: names of modules, or a class."""
    model = SMALL.on(submission)
    more = [model.get_submodule(each) if isinstance(each, str) else each for each in rest]
    return function(model, tensor(IMAGES), model.get_submodule("relu"), *more)


def cam_is(got, classes, confusions):
    """Fail unless a class activation map is that of the classes."""
    close_to_cam(got, of(classes), BIAS[np.broadcast_to(classes, 2)][:, None, None], confusions)


def close_to_cam(got, right, bias, confusions):
    """Fail unless a class activation map is right, with or without the bias and a last ReLU."""
    accepted = [right + bias, right.clip(0), (right + bias).clip(0), right.clip(0) + bias]
    array = as_array(got)
    if not any(array is not None and array.shape == each.shape and np.allclose(array, each) for each in accepted):
        assert_close(got, tensor(right), what="the class activation map", confusions=confusions)


@criterion("saliency.cam.map")
def test_cam_by_hand(submission):
    """Return what each place adds to the score of each image's predicted class.

    Catches: the pooled features, another class's weights, maps that are averaged or normalised.
    """
    weighed = {
        "This is the mean over the feature maps; add them up, weighed.": of(PREDICTED) / 4,
        "The weights are averaged over all classes; take those of the class.": MAPS.mean(axis=0),
        "These are the feature maps' sums, not weighed by the class.": FEATURES.sum(axis=1),
        "The first image's class is taken for both.": of(PREDICTED[0]),
        "These are weighed sums of what goes into the layer; take what comes out of it.": OF_INPUTS,
        "The mean of a map is to be the score: do not divide by the number of places.": of(PREDICTED) / PLACES,
    }
    cam_is(call(submission.class_activation_map, submission, "fc"), PREDICTED, weighed)


@criterion("saliency.cam.target")
def test_cam_of_other_classes(submission):
    """Return the map of the class that is asked for, be it one for all or one for each.

    Catches: the predicted class in any case, class 0 taken for none.
    """
    ignored = {"The class asked for is ignored: this is the map of the predicted one.": of(PREDICTED)}
    for asked in (1, 0, 1 - PREDICTED):
        target = asked if isinstance(asked, int) else tensor(asked)
        cam_is(call(submission.class_activation_map, submission, "fc", target), asked, ignored)


@criterion("saliency.cam.untouched")
def test_cam_leaves_the_model_as_it_was(submission):
    """Leave each part of the model in the mode it came in, without another hook.

    Catches: eval() without a way back, one mode for all parts, hooks that stay.
    """
    untouched(submission.class_activation_map, submission, "fc")


@criterion("saliency.grad_cam.weights")
def test_grad_cam_by_hand(submission):
    """Return the feature maps' sum, each weighed by its gradient's mean over all places; here w / 6.

    Catches: sums for means, ReLU on the weights, CAM itself.
    """
    right = of(PREDICTED) / PLACES
    chosen = FC[PREDICTED].clip(0)
    others = {
        "The gradient is summed over the places; take its mean.": of(PREDICTED).clip(0),
        "ReLU belongs to the map, not to the weights.": np.einsum("nk,nkhw->nhw", chosen, FEATURES) / PLACES,
        "The map starts from ones; a sum starts from zeros.": (1 + right).clip(0),
        "This is the mean over the feature maps; add them up, weighed.": right.clip(0) / 4,
    }
    got = call(submission.grad_cam, submission)
    array = as_array(got)
    before = array is not None and array.shape == right.shape and array.min() < 0
    assert_close(got, tensor(right if before else right.clip(0)), what="Grad-CAM's map", confusions=others)


@criterion("saliency.grad_cam.weights")
def test_grad_cam_averages_gradients_that_differ(submission):
    """Weigh each feature map by its mean gradient where the gradient differs from place to place.

    Catches: the gradient times the features, place by place.
    """
    gradient = np.concatenate([FC[0][:, None] + np.linspace(-1, 1, PLACES), FC[1][:, None] * np.linspace(0, 2, PLACES)])
    dense = gradient.reshape(2, 4 * PLACES)
    flat = {"in_features": 4 * PLACES, "out_features": 2, "bias": False}
    layers = {name: layer for name, layer in SMALL.children.items() if name != "pool"}
    model = Network({**layers, "fc": Layer("Linear", flat, {"weight": dense})}, code="UNPOOLED").on(submission)
    got = submission.grad_cam(model, tensor(IMAGES), model.get_submodule("relu"))
    predicted = (FEATURES.reshape(2, -1) @ dense.T).argmax(axis=1)
    slopes = dense[predicted].reshape(2, 4, 2, 3)
    right = (slopes.mean(axis=(2, 3), keepdims=True) * FEATURES).sum(axis=1)
    product = (slopes * FEATURES).sum(axis=1)
    array = as_array(got)
    before = array is not None and array.shape == right.shape and array.min() < 0
    wrong = product if before else product.clip(0)
    others = {"The gradient is multiplied place by place; take its mean over all places first.": wrong}
    assert_close(got, tensor(right if before else right.clip(0)), what="Grad-CAM's map", confusions=others)


@criterion("saliency.grad_cam.rectified")
def test_grad_cam_has_a_relu_at_its_end(submission):
    """Put ReLU last: a place that speaks against the class is 0.

    Catches: no ReLU, absolute values.
    """
    others = {
        "ReLU is missing: what is negative becomes 0.": of(1) / PLACES,
        "This is the absolute value; what is negative becomes 0.": np.abs(of(1)) / PLACES,
    }
    got = call(submission.grad_cam, submission, 1)
    # Whether it is of the class asked for is another criterion's.
    array, predicted = as_array(got), of(PREDICTED).clip(0) / PLACES
    of_another = array is not None and array.shape == predicted.shape and np.allclose(array, predicted)
    assert_close(
        got, tensor(predicted if of_another else of(1).clip(0) / PLACES), what="Grad-CAM's map", confusions=others
    )


@criterion("saliency.grad_cam.target")
def test_grad_cam_of_other_classes(submission):
    """Return the map of the class that is asked for, be it one for all or one for each.

    Catches: the predicted class in any case, class 0 taken for none.
    """
    for asked in (1, 0, 1 - PREDICTED):
        right = of(asked) / PLACES
        got = call(submission.grad_cam, submission, asked if isinstance(asked, int) else tensor(asked))
        array = as_array(got)
        before = array is not None and array.shape == right.shape and array.min() < 0
        ignored = of(PREDICTED) / PLACES
        others = {
            "The class asked for is ignored: this is the map of the predicted one.": ignored
            if before
            else ignored.clip(0)
        }
        assert_close(got, tensor(right if before else right.clip(0)), what="Grad-CAM's map", confusions=others)


@criterion("saliency.grad_cam.untouched")
def test_grad_cam_leaves_the_model_as_it_was(submission):
    """Leave each part of the model in the mode it came in, without another hook, and gradients as they were.

    Catches: eval() without a way back, one mode for all parts, hooks that stay, `.grad` left on parameters or taken
    away by zero_grad().
    """
    untouched(submission.grad_cam, submission)


def untouched(function, submission, *more):
    """Fail unless a call leaves alone a model that is in use, and a second call gives the same answer."""
    images = tensor(IMAGES.repeat(3, axis=2).repeat(3, axis=3))
    model = small_network("residual").in_use_on(submission, training=True)
    parts = [model.get_submodule(name) for name in ("layer2", *more)]
    before = Network.state_of(model)
    first = function(model, images, *parts)
    assert_untouched(before, Network.state_of(model))
    again = function(model, images, *parts)
    another = small_network("residual", 1).on(submission)
    other = function(another, images, *(another.get_submodule(name) for name in ("layer2", *more)))
    assert_repeated(first, again, other, shape=(2, 6, 9), what="the map")


# The ReLU of `SMALL`, called twice: after each of two mixtures of channels.
TWICE = Network(
    {
        "first": mixture(MIX),
        "relu": Layer("ReLU"),
        "again": mixture(AGAIN),
        **{name: SMALL.children[name] for name in ("pool", "flatten", "fc")},
    },
    tuple((name, (place,)) for place, name in enumerate(("first", "relu", "again", "relu", "pool", "flatten", "fc"))),
)
LAST = np.einsum("kc,nchw->nkhw", AGAIN, FEATURES).clip(0)


@criterion("saliency.cam.map")
def test_cam_is_of_the_last_call_of_a_layer(submission):
    """Take the last call of a layer that is called more than once, as one ReLU that is used at two places.

    Catches: the first call.
    """
    model = TWICE.on(submission)
    got = submission.class_activation_map(model, tensor(IMAGES), model.get_submodule("relu"), model.get_submodule("fc"))
    maps, classes = twice()
    right, bias = (each[classes, np.arange(2)] if each.ndim > 1 else each[classes] for each in (maps, BIAS))
    first = {"Of a layer that is called more than once the last call is meant.": MAPS[classes, np.arange(2)]}
    close_to_cam(got, right, bias[:, None, None], first)


@criterion("saliency.grad_cam.target")
def test_grad_cam_is_of_the_last_call_of_a_layer(submission):
    """Take the last call of a layer that is called more than once: its output, and the gradient there.

    Catches: the first call's output or gradient.
    """
    model = TWICE.on(submission)
    got = submission.grad_cam(model, tensor(IMAGES), model.get_submodule("relu"))
    maps, classes = twice()
    right = maps[classes, np.arange(2)] / PLACES
    array = as_array(got)
    before = array is not None and array.shape == right.shape and array.min() < 0
    assert_close(got, tensor(right if before else right.clip(0)), what="Grad-CAM's map")


def twice():
    """Return the maps of each class and image at the last call of the ReLU of `TWICE`, and the predicted classes."""
    scores = FC @ LAST.mean(axis=(2, 3)).T + BIAS[:, None]
    return np.einsum("ck,nkhw->cnhw", FC, LAST), scores.argmax(axis=0)


@criterion("saliency.grad_cam.product")
def test_guided_grad_cam_by_hand(submission):
    """Multiply every channel by the map of its image, place by place; a map of one place counts everywhere.

    Catches: normalised maps, sums, ReLU on the product.
    """
    maps = np.array([[[0.0, 0.5, 2.0], [3.0, 1.0, 0.25]], [[4.0, 0.0, 0.0], [1.0, 2.0, 0.5]]])
    right = IMAGES * maps[:, None]
    others = {
        "The map is normalised; multiply by it as it is.": right / maps.max(axis=(1, 2)).reshape(2, 1, 1, 1),
        "ReLU is no part of the product: signs of the guided gradient stay.": right.clip(0),
        "This is the sum; multiply.": IMAGES + maps[:, None],
    }
    got = submission.guided_grad_cam(tensor(IMAGES), tensor(maps))
    assert_close(got, tensor(right), what="Guided Grad-CAM", confusions=others)
    got = submission.guided_grad_cam(tensor(IMAGES), tensor(np.array([[[2.0]], [[3.0]]])))
    assert_close(got, tensor(IMAGES * np.array([2.0, 3.0])[:, None, None, None]), what="Guided Grad-CAM")
