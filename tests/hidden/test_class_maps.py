"""Hidden checks of CAM, Grad-CAM and Guided Grad-CAM on small seeded networks, against the same networks cut in two.

The answer to compare with needs no hooks: what comes out of a layer is what the network's front computes, and the
gradient there is that of its back with respect to what goes in. Networks arrive in training mode, images are not square
and come in batches; the layer is the last one, one in the middle, a block, or a module that is called three times.
"""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import (
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
    small_network,
    spread,
    tensor,
    wide_network,
)
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.networks.training import give_weights
from grader.worker.wire.tensors import as_array

# Each ends with the average of what the layer gives, and `fc`.
CAMS = (("linear", "norm3"), ("reused", "rectify"), ("residual", "layer2"))
# In the middle a gradient differs from place to place, so that its mean is neither its sum nor any entry.
GRAD_CAMS = (("functional", "conv3"), ("modules", "relu2"), ("residual", "layer1"))
LAST = (("relu6", "relu3"), ("classifier", "relu3"))
CLASSES = 5
MANY = spread((41, 5, 3, 2), 4)

seeds = st.integers(0, 999)
shapes = st.tuples(st.integers(2, 3), st.just(3), st.integers(6, 8), st.integers(9, 10))


def halves(network, layer):
    """Return two modules that one after the other are the network, cut after the last call of the layer."""
    steps = network.steps or tuple((name, (place,)) for place, name in enumerate(network.children))
    cut = 1 + max(place for place, (called, _) in enumerate(steps) if called == layer)
    after = tuple((called, tuple(place - cut for place in places)) for called, places in steps[cut:])
    return [replace(network, steps=part).module().eval() for part in (steps[:cut], after)]


def features_and_scores(network, layer, images):
    """Return the feature maps, as a leaf of the graph, and the scores."""
    import torch

    front, back = halves(network, layer)
    features = front(torch.from_numpy(images)).detach().requires_grad_()
    return features, back(features)


def classes_of(scores, target):
    """Return the class that is meant for each image."""
    return scores.detach().numpy().argmax(axis=1) if target is None else np.broadcast_to(target, len(scores))


def cam(network, layer, images, target=None):
    """Return the raw class activation map, and the bias of each image's class."""
    features, scores = features_and_scores(network, layer, images)
    classes, fc = classes_of(scores, target), network.children["fc"].weights
    values = features.detach().numpy()
    maps = [np.tensordot(fc["weight"][k], each, 1) for k, each in zip(classes, values, strict=True)]
    return np.array(maps), fc["bias"][classes][:, None, None]


def gradient_maps(network, layer, images):
    """Return the raw map of Grad-CAM before its ReLU for every class, shape (classes, N, h, w)."""
    import torch

    features, scores = features_and_scores(network, layer, images)
    gradients = [torch.autograd.grad(each.sum(), features, retain_graph=True)[0].numpy() for each in scores.T]
    values = features.detach().numpy()
    return np.array([(g.mean(axis=(2, 3), keepdims=True) * values).sum(axis=1) for g in gradients]), scores


def arguments(submission, network, layer, images, *more):
    """Return what a function is called with: the model on the submission's side, the images, the layer."""
    model = network.on(submission)
    return model, tensor(images), model.get_submodule(layer), *(model.get_submodule(name) for name in more)


def as_target(target):
    return [] if target is None else [target if isinstance(target, int) else tensor(target)]


def matches(got, wanted):
    array = as_array(got)
    return array is not None and array.shape == wanted.shape and np.allclose(array, wanted, rtol=1e-3, atol=1e-5)


def agrees_with_cam(submission, style, layer, seed, images, target=None):
    """Fail unless the submission's CAM is right, with or without the bias and a last ReLU."""
    network = small_network(style, seed)
    given = arguments(submission, network, layer, images, "fc")
    assert_cam(submission.class_activation_map(*given, *as_target(target)), network, layer, images, target)


def assert_cam(got, network, layer, images, target=None):
    raw, bias = cam(network, layer, images, target)
    forms = [raw, raw + bias, raw.clip(0), (raw + bias).clip(0), raw.clip(0) + bias]
    array = as_array(got)
    comparable = array is not None and array.shape == raw.shape and np.isfinite(array).all()
    accepted = min(forms, key=lambda form: float(np.abs(form - array).max())) if comparable else raw
    assert_close(got, tensor(accepted), what="the class activation map")


@criterion("saliency.cam.map")
@given(seed=seeds, shape=shapes)
@settings(max_examples=1)
def test_cam_is_what_each_place_adds_to_the_score(submission, seed, shape):
    """Return the map of the class that is predicted for each image, one number for each place of the feature maps.

    Catches: features after the pooling or of another layer, the weights of another class, mean weights, a map that is
    normalised, enlarged, or averaged over channels, no eval().
    """
    for style, layer in CAMS:
        agrees_with_cam(submission, style, layer, seed, spread(shape, seed))


@criterion("saliency.cam.map")
def test_cam_answers_each_call_anew(submission):
    """Return the maps of the images of each call, one image or many, square ones too, whatever was asked before.

    Catches: squeeze() without a dimension, maps or features that are kept by shape or by model,
    copies of a model kept though its weights have changed, a greatest number of images or feature maps,
    pixels or maps that are clipped.
    """
    network, many = small_network("linear", 4), extremes((11, 3, 8, 8), 4)
    given = arguments(submission, network, "norm3", many, "fc")
    one, other, all_of_them = ([given[0], tensor(images), *given[2:]] for images in (many[:1], many[1:2], many))
    assert_cam(in_company(submission.class_activation_map, one, other), network, "norm3", many[:1])
    assert_cam(submission.class_activation_map(*all_of_them), network, "norm3", many)
    assert_cam(submission.class_activation_map(*wide(submission, "fc")), wide_network(4), "relu", MANY)
    for other, images in with_other_weights("linear", given[0]):
        assert_cam(submission.class_activation_map(given[0], tensor(images), *given[2:]), other, "norm3", images)


def wide(submission, *more):
    """Return what a function is called with for a network of many feature maps and classes, and many images."""
    return arguments(submission, wide_network(4), "relu", MANY, *more)


def with_other_weights(style, model):
    """Yield networks whose weights the model has by then, and images: usual ones, of zeros, of equal, large pixels."""
    one = spread((2, 3, 8, 9), 5)
    for seed, images in enumerate((one, 0 * one, np.full(one.shape, 1.5), 3000 * one), 30):
        network = small_network(style, seed)
        give_weights(model, network, what="the model")
        yield network, images


@criterion("saliency.cam.target")
@given(seed=seeds, shape=shapes, target=st.integers(0, CLASSES - 1))
@settings(max_examples=1)
def test_cam_is_of_the_class_asked_for(submission, seed, shape, target):
    """Return the map of the class that is asked for: one for all images, or one for each.

    Catches: the predicted class whatever is asked for, class 0 taken for none, one image's class for all.
    """
    images, many = spread(shape, seed), spread((11, *shape[1:]), seed)
    for asked in (target, 0, (target + np.arange(len(images))) % CLASSES):
        agrees_with_cam(submission, "modules", "relu3", seed, images, asked)
    agrees_with_cam(submission, "modules", "relu3", seed, many, np.random.default_rng(seed).integers(0, CLASSES, 11))


@criterion("saliency.cam.untouched")
@given(seed=seeds)
@settings(max_examples=1)
def test_cam_leaves_the_model_and_the_images(submission, seed):
    """Leave the model as it was, without a hook, and give the same again when asked again.

    Parts of the model are in the other mode, or frozen, and parameters have a `.grad` already.

    Catches: hooks that are never removed, eval() without a way back, the model's mode put back into all of its parts,
    modes that are remembered from the first call, changed images.
    """
    untouched(submission, submission.class_activation_map, "residual", "layer2", seed, "fc")


@criterion("saliency.grad_cam.weights")
@given(seed=seeds, shape=shapes)
@settings(max_examples=1)
def test_grad_cam_weighs_each_feature_map_by_its_mean_gradient(submission, seed, shape):
    """Return the sum of feature maps, each weighed by the mean over all places of its gradient.

    Catches: sums or largest entries for means, gradients that are not averaged, ReLU on the weights, a map that starts
    from ones, a loss or a probability for the score, other layers, no eval().
    """
    images = spread(shape, seed)
    for style, layer in (*GRAD_CAMS, *LAST):
        network = small_network(style, seed)
        got = submission.grad_cam(*arguments(submission, network, layer, images))
        assert_grad_cam(got, network, layer, images)


@criterion("saliency.grad_cam.weights")
def test_grad_cam_answers_each_call_anew(submission):
    """Return the maps of the images of each call, one image or many, square ones too, whatever was asked before.

    Catches: squeeze() without a dimension, gradients that add up over calls, maps that are kept by shape or by model,
    copies of a model kept though its weights have changed, a greatest number of images or feature maps, pixels or maps
    that are clipped.
    """
    network, many = small_network("modules", 4), extremes((11, 3, 8, 8), 4)
    model, _, layer = arguments(submission, network, "relu2", many)
    one, other, all_of_them = ([model, tensor(images), layer] for images in (many[:1], many[1:2], many))
    assert_grad_cam(in_company(submission.grad_cam, one, other), network, "relu2", many[:1])
    assert_grad_cam(submission.grad_cam(*all_of_them), network, "relu2", many)
    assert_grad_cam(submission.grad_cam(*wide(submission)), wide_network(4), "relu", MANY)
    for other, images in with_other_weights("modules", model):
        assert_grad_cam(submission.grad_cam(model, tensor(images), layer), other, "relu2", images)


def assert_grad_cam(got, network, layer, images):
    """Fail unless a map of the predicted classes is right, with a ReLU or without, which is another criterion's."""
    maps, scores = gradient_maps(network, layer, images)
    raw = maps[classes_of(scores, None), np.arange(len(images))]
    assert_close(got, tensor(raw if matches(got, raw) else raw.clip(0)), what="Grad-CAM's map")


@criterion("saliency.grad_cam.target")
@given(seed=seeds, shape=shapes)
@settings(max_examples=1)
def test_grad_cam_is_of_the_last_call_of_a_layer(submission, seed, shape):
    """Take the output of a layer's last call, and the gradient there, where the layer is called more than once.

    Catches: the first call's output or gradient, as a backward hook of the module brings it last.
    """
    network, images = small_network("reused", seed), spread(shape, seed)
    got = submission.grad_cam(*arguments(submission, network, "rectify", images))
    assert_grad_cam(got, network, "rectify", images)


@criterion("saliency.grad_cam.rectified")
@given(seed=seeds, shape=shapes)
@settings(max_examples=1)
def test_grad_cam_is_never_negative(submission, seed, shape):
    """Put ReLU last: where a map would be negative it is 0, and elsewhere it is as it was.

    Catches: no ReLU, an absolute value, a map that is shifted to begin at 0.
    """
    images = spread(shape, seed)
    for style, layer in GRAD_CAMS:
        network = small_network(style, seed)
        maps, scores = gradient_maps(network, layer, images)
        sides = np.minimum(maps.max(axis=(2, 3)), -maps.min(axis=(2, 3))).min(axis=1)
        target = int(sides.argmax())  # the class whose maps, before ReLU, have most on both sides of 0
        got = submission.grad_cam(*arguments(submission, network, layer, images), target)
        # Whether it is of the class asked for is another criterion's, and whether of the predicted one.
        predicted = maps[classes_of(scores, None), np.arange(len(images))].clip(0)
        of_another = matches(got, predicted) and predicted.any()
        assert_close(got, tensor(predicted if of_another else maps[target].clip(0)), what="Grad-CAM's map")


@criterion("saliency.grad_cam.target")
@given(seed=seeds, shape=shapes)
@settings(max_examples=1)
def test_grad_cam_is_of_the_class_asked_for(submission, seed, shape):
    """Return the map of the class that is asked for: one for all images, or one for each.

    Catches: the predicted class whatever is asked for, class 0 taken for none, one image's class for all.
    """
    network, images = small_network("residual", seed), spread(shape, seed)
    maps, _ = gradient_maps(network, "layer1", images)
    every = np.arange(len(images))
    loudest = int(maps.max(axis=(2, 3)).min(axis=1).argmax())
    for asked in (loudest, 0, maps.max(axis=(2, 3)).argsort(axis=0)[-2]):
        raw = maps[np.broadcast_to(asked, len(images)), every]
        got = submission.grad_cam(*arguments(submission, network, "layer1", images), *as_target(asked))
        assert_close(got, tensor(raw if matches(got, raw) else raw.clip(0)), what="Grad-CAM's map")
    images = spread((11, *shape[1:]), seed)
    maps, _ = gradient_maps(network, "layer1", images)
    asked = np.random.default_rng(seed).integers(0, CLASSES, 11)
    raw = maps[asked, np.arange(11)]
    got = submission.grad_cam(*arguments(submission, network, "layer1", images), *as_target(asked))
    assert_close(got, tensor(raw if matches(got, raw) else raw.clip(0)), what="Grad-CAM's map for many images")


@criterion("saliency.grad_cam.untouched")
@given(seed=seeds)
@settings(max_examples=1)
def test_grad_cam_leaves_the_model_and_the_images(submission, seed):
    """Leave the model as it was, without a hook, and give the same again when asked again.

    Parts of the model are in the other mode, or frozen, and parameters have a `.grad` already.

    Catches: hooks that are never removed, eval() without a way back, the model's mode put back into all of its parts,
    modes that are remembered from the first call, `.grad` left on parameters, or taken from them by zero_grad(),
    changed images.
    """
    untouched(submission, submission.grad_cam, "residual", "layer1", seed)


def untouched(submission, function, style, layer, seed, *more):
    """Fail unless a call leaves model and images alone, in both modes, and a second one gives the same answer.

    Whether the answer is right is another criterion's.
    """
    for training in (True, False):
        images = tensor(spread((2, 3, 6, 9), seed))
        model = small_network(style, seed).in_use_on(submission, training=training)
        parts = [model.get_submodule(name) for name in (layer, *more)]
        before = Network.state_of(model)
        first, left = function.with_arguments(model, images, *parts)
        assert_untouched(before, Network.state_of(model))
        assert_close(left[1], images, what="the images after the call")
        again = in_other_modes(function, model, images, *parts, training=not training)
        another = arguments(submission, small_network(style, seed + 50), layer, images.array, *more)
        assert_repeated(first, again, function(*another), shape=(2, 6, 9), what="the map")


@criterion("saliency.grad_cam.product")
@given(seed=seeds)
@settings(max_examples=2)
def test_guided_grad_cam_is_a_product_where_sizes_are_the_same(submission, seed):
    """Multiply each channel of the guided gradient by the map, place by place, with nothing normalised.

    Catches: normalised maps, ReLU on the product, a sum, the guided gradient's channels summed, images mixed up, ten of
    them at most, numbers that are clipped.
    """
    many = extremes((11, 3, 6, 6), seed), np.abs(extremes((11, 6, 6), seed + 1))
    for guided, maps in (many, (spread((3, 3, 5, 7), seed), np.abs(spread((3, 5, 7), seed + 1)))):
        got, left = submission.guided_grad_cam.with_arguments(tensor(guided), tensor(maps))
        assert_close(got, tensor(guided * maps[:, None]), what="Guided Grad-CAM")
    for after, before, what in zip(left, (guided, maps), ("guided gradient", "map"), strict=True):
        assert_close(after, tensor(before), what=f"the {what} after the call")


@criterion("saliency.grad_cam.product")
@given(seed=seeds, size=st.sampled_from(((2, 3), (1, 1), (3, 7))))
@settings(max_examples=2)
def test_guided_grad_cam_enlarges_the_map(submission, seed, size):
    """Enlarge a smaller map to the size of the image, whatever the way: a map of one number stays one.

    Catches: no enlarging, rows for columns, a normalised map, one image's map for all.
    """
    guided, levels = spread((3, 3, 8, 14), seed), np.abs(spread((3, 1, 1), seed + 1))
    got = submission.guided_grad_cam(tensor(guided), tensor(np.broadcast_to(levels, (3, *size)).copy()))
    assert_close(got, tensor(guided * levels[:, None]), what="Guided Grad-CAM")


@criterion("saliency.grad_cam.product")
def test_no_part_of_the_map_is_lost(submission):
    """Enlarge a map of 3 × 4 to an image of 4 × 5: each corner of the map is in that corner of the image.

    Catches: numbers that are repeated and cut off where sizes do not divide each other.
    """
    corners = [(row, column) for row in (0, 2) for column in (0, 3)]
    maps, guided = np.zeros((4, 3, 4)), np.ones((4, 1, 4, 5))
    for each, corner in zip(maps, corners, strict=True):
        each[corner] = 2.0
    got = tensor_numbers(submission.guided_grad_cam(tensor(guided), tensor(maps)), what="Guided Grad-CAM")
    if got.shape != guided.shape:
        fail("Guided Grad-CAM has the wrong shape", f"expected {guided.shape}, got {got.shape}")
    for large, corner in zip(got[:, 0], corners, strict=True):
        row, column = np.unravel_index(large.argmax(), large.shape)
        if (row * 3 // 4, column * 4 // 5) != corner or not 1 < large.max() < 4:
            fail("a corner of the map is not in that corner of the image")


@criterion("saliency.grad_cam.product")
def test_what_is_largest_stays_in_its_place(submission):
    """Enlarge each place of the map by itself: the part of the image that it covered has its number.

    Catches: a map that is repeated side by side, turned, or padded; one image's map for all.
    """
    for count, columns in ((2, 3), (1, 3), (2, 2)):
        guided = spread((2, 3, 8, 5 * columns), 1)
        maps = np.zeros((2, 2, columns))
        maps[0, 1, 0] = maps[1, 0, 1] = 2.0
        got = submission.guided_grad_cam(tensor(guided[:count]), tensor(maps[:count]))
        array = tensor_numbers(got, what="Guided Grad-CAM")
        if array.shape != guided[:count].shape:
            fail("Guided Grad-CAM has the wrong shape", f"expected {guided[:count].shape}, got {array.shape}")
        enlarged = array / guided[:count]
        for large, place in zip(enlarged[:, 0], ((1, 0), (0, 1)), strict=False):
            row, column = np.unravel_index(large.argmax(), large.shape)
            if (row // 4, column // 5) != place or not 1 < large.max() < 4:
                fail("the largest number of a map has moved, or is lost")
        assert_close(enlarged, enlarged[:, :1].repeat(3, axis=1), what="what the channels are multiplied by")


@criterion("saliency.grad_cam.product")
def test_guided_grad_cam_at_the_edges_of_what_it_may_be_asked(submission):
    """Multiply maps of one image, row, column or channel and of many, of zeros, equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, eight bits, zeros taken for what is missing, a clip.
    """
    pairs = [(what, each, np.abs(spread((len(each), *each.shape[2:]), 1)))
             for what, each in at_edges(2, 3, 4, 5).items()]  # fmt: skip
    pairs += [(f"a map of {what}", spread((len(each), 3, *each.shape[1:]), 2), np.abs(each))
              for what, each in at_edges(2, 4, 5).items()]  # fmt: skip
    for what, guided, maps in pairs:
        got = submission.guided_grad_cam(tensor(guided), tensor(maps))
        assert_close(got, tensor(guided * maps[:, None]), what=f"Guided Grad-CAM for {what}")
