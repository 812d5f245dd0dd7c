"""Hidden checks of saliency maps on small seeded networks, against each image's own gradient in the same network.

Networks arrive in training mode, images are not square and come in batches. All is in double precision, so that no
sign of a pre-activation depends on the order of a sum.
"""

import numpy as np

from grader.checks import (
    Layer,
    Network,
    assert_close,
    assert_repeated,
    assert_untouched,
    criterion,
    extremes,
    fail,
    in_company,
    in_other_modes,
    small_network,
    spread,
    tensor,
)
from grader.checks.networks.training import give_weights
from grader.worker.wire.tensors import as_array


def answer(network, images, labels):
    """Return the maps, image by image."""
    import torch

    model = network.module().eval()
    maps = []
    for image, label in zip(images, labels, strict=True):
        x = torch.from_numpy(image[None].copy()).requires_grad_()
        maps.append(np.abs(torch.autograd.grad(model(x)[0, label], x)[0].numpy())[0].max(axis=0))
    return tensor(np.array(maps))


def agrees(submission, network, images, labels):
    """Fail unless the submission's maps are right, in the network as it arrives; return them as an array."""
    got = submission.saliency_maps(network.on(submission), tensor(images), tensor(np.array(labels)))
    assert_close(got, answer(network, images, labels), what="the maps")
    return as_array(got)


def predicted(network, images):
    import torch

    with torch.no_grad():
        scores = network.module().eval()(torch.from_numpy(images))
    return scores.argmax(dim=1).numpy()


@criterion("maps.saliency.values")
def test_maps_hold_the_largest_absolute_derivative(submission):
    """Return at each pixel the largest absolute derivative of the score over the channels, in evaluation mode.

    Catches: no absolute value, channels summed, averaged or kept, a loss or a probability, normalised maps, no eval(),
    maps in single precision.
    """
    for seed, style in enumerate(["modules", "residual", "relu6"]):
        network, images = small_network(style, seed), spread((3, 3, 6, 9), seed)
        got = agrees(submission, network, images, predicted(network, images))
        if got.dtype != images.dtype:
            fail("the maps do not have the images' dtype", f"expected {images.dtype}, got {got.dtype}")


@criterion("maps.saliency.values")
def test_maps_are_of_the_images_of_each_call(submission):
    """Return the maps of the images of each call, many and square ones, whatever was asked before.

    It may have been asked of the same tensors.

    Catches: maps that are kept by shape or by model, gradients that add up over calls, on the model or on the images,
    ten images at most, pixels that are clipped.
    """
    network = small_network("modules", 9)
    model, batches = network.on(submission), [extremes((11, 3, 7, 7), seed) for seed in (9, 10)]
    labels = [predicted(network, images) for images in batches]
    given, others = ([model, tensor(pair[0]), tensor(pair[1])] for pair in zip(batches, labels, strict=True))
    got = in_company(submission.saliency_maps, given, others)
    assert_close(got, answer(network, batches[0], labels[0]), what="the maps")


@criterion("maps.saliency.values")
def test_maps_are_of_the_weights_as_they_are_now(submission):
    """Return the maps of a model once its weights are others, and of images that are zero or equal everywhere.

    Catches: a copy of the model, or its gradients, that are kept from an earlier call by which model it is.
    """
    model = small_network("modules", 20).on(submission)
    for seed, images in enumerate((spread((2, 3, 6, 8), 1), np.zeros((2, 3, 6, 8)), np.full((2, 3, 6, 8), 1.5)), 20):
        network = small_network("modules", seed)
        give_weights(model, network, what="the model")
        labels = predicted(network, images)
        got = submission.saliency_maps(model, tensor(images), tensor(labels))
        assert_close(got, answer(network, images, labels), what="the maps")


@criterion("maps.saliency.batch")
def test_maps_of_many_images_channels_and_classes(submission):
    """Return the maps of 130 images of five channels, all of the last of fourteen classes, of small scores too.

    Catches: a greatest number of images, three channels or ten classes at most, a batch's own statistics, small
    derivatives that are taken for 0.
    """
    shape = (130, 5, 2, 3)
    images = spread(shape, 3)
    for size in (1.0, 1e-6):
        agrees(submission, dense(3, shape, 14, ahead=100.0, size=size), images, np.full(130, 13))


@criterion("maps.saliency.labels")
def test_maps_are_of_the_correct_class(submission):
    """Return the maps of the given classes where the model predicts others.

    Catches: the predicted class, the first class for all images, all classes for each, the first classes for each part
    of a batch.
    """
    for seed, count in ((3, 3), (4, 35)):
        network, images = small_network("modules", seed), spread((count, 3, 6, 9), seed)
        labels = (predicted(network, images) + np.random.default_rng(seed).integers(1, 5, count)) % 5
        agrees(submission, network, images, labels)


@criterion("maps.saliency.batch")
def test_a_single_image_has_a_map_in_a_batch_of_one(submission):
    """Return one map, of shape (1, H, W), for one image.

    Catches: squeeze() without a dimension.
    """
    for seed, shape in ((5, (1, 3, 7, 9)), (6, (1, 3, 9, 6))):
        network, images = small_network("modules", seed), spread(shape, seed)
        agrees(submission, network, images, predicted(network, images))


@criterion("maps.saliency.batch")
def test_sides_of_one_stay(submission):
    """Return maps of shape (N, H, W) where N, C, H or W is 1.

    Catches: squeeze() without a dimension.
    """
    for seed, shape in enumerate([(1, 1, 1, 1), (2, 1, 1, 4), (1, 3, 4, 1), (3, 2, 1, 1), (1, 1, 2, 3)]):
        network, images = dense(seed, shape), spread(shape, seed)
        agrees(submission, network, images, predicted(network, images))


def dense(seed, shape, classes=2, ahead=0.0, size=1.0):
    """Return a network of two dense layers for images of a shape of their own; the last class is so far `ahead`.

    The last layer's weights have that `size`.
    """
    random, pixels = np.random.default_rng(seed), int(np.prod(shape[1:]))
    layers = {"flatten": Layer("Flatten")}
    for name, inputs, outputs in (("fc1", pixels, 6), ("fc2", 6, classes)):
        weights = {"weight": random.normal(size=(outputs, inputs)), "bias": random.normal(size=outputs)}
        layers[name] = Layer("Linear", {"in_features": inputs, "out_features": outputs}, weights)
        layers[f"relu_{name}"] = Layer("ReLU")
    del layers["relu_fc2"]
    layers["fc2"].weights["weight"] *= size
    layers["fc2"].weights["bias"][-1] += ahead
    return Network(layers, code=f"dense({seed}, {shape}, {classes}, {ahead}, {size})")


@criterion("maps.saliency.untouched")
def test_maps_leave_the_model_and_the_images(submission):
    """Leave the model's mode, parameters, `.grad` and layers, and the images, as they were.

    Parts of the model are in the other mode, or frozen, and parameters have a `.grad` already.

    Catches: eval() without a way back, train() in any case, the model's mode put back into all of its parts, `.grad`
    left on parameters, or taken from them by zero_grad(), parameters left frozen, modes that are remembered from
    the first call.
    """
    for seed, training in ((7, True), (8, False)):
        network, images = small_network("residual", seed), spread((2, 3, 6, 9), seed)
        labels = predicted(network, images)
        model = network.in_use_on(submission, training=training)
        before = Network.state_of(model)
        got, left = submission.saliency_maps.with_arguments(model, tensor(images), tensor(labels))
        assert_untouched(before, Network.state_of(model))
        assert_close(left[1], tensor(images), what="the images after the call")
        more = tensor(images), tensor(labels)
        again = in_other_modes(submission.saliency_maps, model, *more, training=not training)
        elsewhere = small_network("residual", seed + 50).on(submission)
        other = submission.saliency_maps(elsewhere, tensor(images), tensor(labels))
        assert_repeated(got, again, other, shape=(2, 6, 9), what="the answer")
