"""Hidden checks of saliency maps on small seeded networks, against each image's own gradient in the same network.

Networks arrive in training mode, images are not square and come in batches. All is in double precision, so that no
sign of a pre-activation depends on the order of a sum.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Network, assert_close, assert_untouched, criterion, small_network, spread, tensor

# Few, since a failing seed is shrunk as any number is, and each try costs a call.
seeds = st.integers(0, 9)


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
    """Fail unless the submission's maps are right, in the network as it arrives."""
    got = submission.saliency_maps(network.on(submission), tensor(images), tensor(np.array(labels)))
    assert_close(got, answer(network, images, labels), what="the maps")


def predicted(network, images):
    import torch

    with torch.no_grad():
        scores = network.module().eval()(torch.from_numpy(images))
    return scores.argmax(dim=1).numpy()


@criterion("maps.saliency.values")
@given(style=st.sampled_from(["modules", "residual", "relu6"]), seed=seeds)
@settings(max_examples=3)
def test_maps_hold_the_largest_absolute_derivative(submission, style, seed):
    """Return at each pixel the largest absolute derivative of the score over the channels, in evaluation mode.

    Catches: no absolute value, channels summed, averaged or kept, a loss or a probability, normalised maps, no eval().
    """
    network, images = small_network(style, seed), spread((3, 3, 6, 9), seed)
    agrees(submission, network, images, predicted(network, images))


@criterion("maps.saliency.labels")
@given(seed=seeds, more=st.integers(1, 4))
@settings(max_examples=2)
def test_maps_are_of_the_correct_class(submission, seed, more):
    """Return the maps of the given classes where the model predicts others.

    Catches: the predicted class, the first class for all images, all classes for each.
    """
    network, images = small_network("modules", seed), spread((3, 3, 6, 9), seed)
    labels = (predicted(network, images) + np.array([more, 1 + more % 4, more])) % 5
    agrees(submission, network, images, labels)


@criterion("maps.saliency.batch")
@given(seed=seeds, shape=st.sampled_from([(1, 3, 7, 9), (1, 3, 9, 6)]))
@settings(max_examples=2)
def test_a_single_image_has_a_map_in_a_batch_of_one(submission, seed, shape):
    """Return one map, of shape (1, H, W), for one image.

    Catches: squeeze() without a dimension.
    """
    network, images = small_network("modules", seed), spread(shape, seed)
    agrees(submission, network, images, predicted(network, images))


@criterion("maps.saliency.untouched")
@given(seed=seeds, training=st.booleans())
@settings(max_examples=2)
def test_maps_leave_the_model_and_the_images(submission, seed, training):
    """Leave the model's mode, parameters, `.grad` and layers, and the images, as they were.

    Catches: eval() without a way back, train() in any case, `.grad` left on parameters, parameters left frozen.
    """
    network, images = small_network("residual", seed), spread((2, 3, 6, 9), seed)
    labels = predicted(network, images)
    model = network.on(submission)
    model.train(training)
    model.requires_grad_(training)
    before = Network.state_of(model)
    _, left = submission.saliency_maps.with_arguments(model, tensor(images), tensor(labels))
    assert_untouched(before, Network.state_of(model))
    assert_close(left[1], tensor(images), what="the images after the call")
    assert_close(
        submission.saliency_maps(model, tensor(images), tensor(labels)),
        answer(network, images, labels),
        what="a second answer",
    )
