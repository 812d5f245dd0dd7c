"""Public checks of CAM, Grad-CAM and Guided Grad-CAM, on a network that is small enough to follow by hand.

Four feature maps, each a mixture of an image's three channels with a ReLU after it; their averages; a dense layer with
two classes. All of it is written out here in NumPy. What hidden checks ask besides: layers in the middle of a network,
where gradients differ from place to place, blocks, modules that are called more than once, and the training mode.
"""

import numpy as np

from grader.checks import Layer, Network, assert_close, assert_untouched, criterion, fail, small_network, tensor
from grader.worker.tensors import as_array

MIX = np.array([[1.0, -2.0, 0.5], [-1.0, 1.0, 1.5], [2.0, 0.5, -1.0], [0.5, 1.0, 1.0]])
FC = np.array([[1.0, -1.5, 2.0, 0.5], [-0.5, 2.0, -1.0, -1.5]])
BIAS = np.array([0.5, -0.25])
IMAGES = np.array(
    [
        [[[1.5, 0.5, 1.0], [0.0, 1.0, -0.5]], [[0.5, 1.0, 0.0], [1.0, -1.0, 0.5]], [[1.0, 0.0, -1.0], [2.0, 1.0, 1.0]]],
        [[[0.0, -0.5, 0.5], [1.0, -1.0, 0.0]], [[1.0, 2.0, 0.5], [0.5, 1.0, 1.5]], [[1.5, 1.0, 2.0], [0.0, 1.0, 0.5]]],
    ]
)
SMALL = Network(
    {
        "mix": Layer(
            "Conv2d",
            {"in_channels": 3, "out_channels": 4, "kernel_size": 1, "bias": False},
            {"weight": MIX[:, :, None, None]},
        ),
        "relu": Layer("ReLU"),
        "pool": Layer("AdaptiveAvgPool2d", {"output_size": 1}),
        "flatten": Layer("Flatten"),
        "fc": Layer("Linear", {"in_features": 4, "out_features": 2}, {"weight": FC, "bias": BIAS}),
    },
)
FEATURES = np.einsum("kc,nchw->nkhw", MIX, IMAGES).clip(0)
MAPS = np.einsum("ck,nkhw->cnhw", FC, FEATURES)  # of each class, of each image
PREDICTED = (FC @ FEATURES.mean(axis=(2, 3)).T + BIAS[:, None]).argmax(axis=0)
PLACES = 2 * 3


def of(classes):
    """Return the raw class activation map of each image's class."""
    return MAPS[np.broadcast_to(classes, 2), np.arange(2)]


def call(function, submission, *rest):
    """Call a function with the network, the images, its layer `relu`, and more: names of modules, or a class."""
    model = SMALL.on(submission)
    more = [model.get_submodule(each) if isinstance(each, str) else each for each in rest]
    return function(model, tensor(IMAGES), model.get_submodule("relu"), *more)


def cam_is(got, classes, confusions):
    """Fail unless a class activation map is right, with or without the bias and a last ReLU."""
    bias = BIAS[np.broadcast_to(classes, 2)][:, None, None]
    right = of(classes)
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
    """Leave the model in the mode it came in, without hooks.

    Catches: eval() without a way back, hooks that stay.
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
    """Leave the model in the mode it came in, without hooks or gradients.

    Catches: eval() without a way back, hooks that stay, `.grad` left on parameters.
    """
    untouched(submission.grad_cam, submission)


def untouched(function, submission, *more):
    """Fail unless a call leaves a model alone, and a second one gives the same answer."""
    model, images = small_network("residual").on(submission), tensor(IMAGES.repeat(3, axis=2).repeat(3, axis=3))
    given = [model, images, model.get_submodule("layer2"), *(model.get_submodule(name) for name in more)]
    before = Network.state_of(model)
    first = function(*given)
    assert_untouched(before, Network.state_of(model))
    if as_array(first) is None or as_array(first).shape != (2, 6, 9):
        fail("the map does not have the shape (N, h, w)", f"got: {first!r:.200}")
    if np.ptp(as_array(first)) == 0:
        fail("the map is the same everywhere")
    assert_close(function(*given), first, what="the second answer")


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
