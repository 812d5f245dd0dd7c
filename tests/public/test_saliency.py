"""Public checks of vanilla and guided backprop, on a network that is small enough to follow by hand.

It has three dense layers with a ReLU after each of the first two, and no biases; an image is one row of pixels. All
of it is written out here in NumPy. What hidden checks ask besides: networks of convolutions in training mode, ReLUs
in place, used many times, or called as functions, and ReLU6.
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
    told_apart,
)

W1 = np.array([[1.0, -2.0, 0.5], [-1.0, 1.0, 1.5], [2.0, 0.5, -1.0], [0.5, 1.0, 1.0]])
W2 = np.array([[1.0, -1.0, 2.0, -0.5], [-2.0, 1.5, 1.0, 0.5], [0.5, -1.0, -1.0, 2.0], [1.5, 1.0, -0.5, -1.0]])
W3 = np.array([[1.0, -1.5, 2.0, 0.5], [-0.5, 2.0, -1.0, 1.5]])
PIXELS = np.array([[1.5, 0.5, 1.0], [-0.5, 2.0, 1.0]])
IMAGES = PIXELS[:, None, None, :]
DENSE = Network(
    {
        "flatten": Layer("Flatten"),
        "fc1": Layer("Linear", {"in_features": 3, "out_features": 4, "bias": False}, {"weight": W1}),
        "relu1": Layer("ReLU"),
        "fc2": Layer("Linear", {"in_features": 4, "out_features": 4, "bias": False}, {"weight": W2}),
        "relu2": Layer("ReLU"),
        "fc3": Layer("Linear", {"in_features": 4, "out_features": 2, "bias": False}, {"weight": W3}),
    },
)
FUNCTIONAL = Network(
    {name: layer for name, layer in DENSE.children.items() if not name.startswith("relu")},
    tuple((name, (place,)) for place, name in enumerate(("flatten", "fc1", "relu", "fc2", "relu", "fc3"))),
)
PREDICTED = np.array([0, 1])


def back(classes, rule, pixels=PIXELS):
    """Return the gradients of the scores of `classes`, where `rule(x, g)` leads g back through a ReLU with input x."""
    maps = []
    for image, k in zip(pixels, classes, strict=True):
        first = W1 @ image
        second = W2 @ first.clip(0)
        gradient = W1.T @ rule(first, W2.T @ rule(second, W3[k]))
        maps.append(gradient[None, None])
    return tensor(np.array(maps))


def masked(x, g):
    return g * (x > 0)


def guided(x, g):
    return g.clip(0) * (x > 0)


def guided_from_0(x, g):
    return g.clip(0) * (x >= 0)


def between_0_and_1(x, g):
    return g.clip(0, 1) * (x > 0)


def deconvolved(x, g):
    return g.clip(0)


VANILLA = "This is vanilla backprop: clamp the gradient that arrives at a ReLU too."
OTHERS = {
    VANILLA: lambda: back(PREDICTED, masked),
    "This is a deconvnet: the gradient must also be 0 where the ReLU's own input was negative.": lambda: back(
        PREDICTED, deconvolved
    ),
    "Gradients are clamped from above, too: those larger than 0 pass unchanged.": lambda: back(
        PREDICTED, between_0_and_1
    ),
    "Only the gradient of the input is clamped; clamp it at every ReLU.": lambda: tensor(
        back(PREDICTED, masked).array.clip(0)
    ),
}


@criterion("saliency.vanilla.gradient")
def test_vanilla_backprop_by_hand(submission):
    """Return the gradient of each image's highest score.

    Catches: a probability or a loss, one class for all images, absolute values.
    """
    right = back(PREDICTED, masked)
    others = {
        "These are absolute values; return the gradient as it is.": tensor(np.abs(right.array)),
        "This is the mean over the batch; each image has its own gradient, undivided.": tensor(right.array / 2),
        "The second image's class is taken for both.": back([1, 1], masked),
        "The first image's class is taken for both.": back([0, 0], masked),
    }
    got = submission.vanilla_backprop(DENSE.on(submission), tensor(IMAGES))
    assert_close(got, right, what="the gradient", confusions=others)


@criterion("saliency.vanilla.target")
def test_vanilla_backprop_of_other_classes(submission):
    """Return the gradient of the class that is asked for, be it one for all or one for each.

    Catches: the predicted class in any case, class 0 taken for none.
    """
    others = {"The class asked for is ignored: this is the gradient of the predicted one.": back(PREDICTED, masked)}
    got = submission.vanilla_backprop(DENSE.on(submission), tensor(IMAGES), 1)
    assert_close(got, back([1, 1], masked), what="the gradient for class 1", confusions=others)
    none = {"Class 0 is taken for no class at all: ask for `target is None`.": back(PREDICTED, masked)}
    got = submission.vanilla_backprop(DENSE.on(submission), tensor(IMAGES), 0)
    assert_close(got, back([0, 0], masked), what="the gradient for class 0", confusions=none)
    got = submission.vanilla_backprop(DENSE.on(submission), tensor(IMAGES), tensor(np.array([1, 0])))
    assert_close(got, back([1, 0], masked), what="the gradient for classes 1 and 0", confusions=others)


@criterion("saliency.vanilla.untouched")
def test_vanilla_backprop_leaves_the_model_as_it_was(submission):
    """Leave each part of the model in the mode it came in, and the gradients of its parameters as they were.

    Catches: eval() without a way back, one mode for all parts, `.grad` left on parameters or taken away by zero_grad().
    """
    untouched(submission, submission.vanilla_backprop, "modules")


def untouched(submission, function, style):
    """Fail unless a call leaves alone a model that is in use, and a second call gives the same answer."""
    model, images = small_network(style).in_use_on(submission, training=True), tensor(np.ones((2, 3, 6, 8)))
    before = Network.state_of(model)
    got = function(model, images)
    assert_untouched(before, Network.state_of(model))
    again, other = function(model, images), function(small_network("residual").on(submission), images)
    assert_repeated(got, again, other, shape=(2, 3, 6, 8), what="the answer")


@criterion("saliency.guided.modules")
def test_guided_backprop_by_hand(submission):
    """Return the gradient that passes each ReLU where it is positive and the ReLU's input was.

    Catches: vanilla backprop, a deconvnet, clamping at the input only.
    """
    got = submission.guided_backprop(DENSE.on(submission), tensor(IMAGES))
    assert_close(got, back(PREDICTED, guided), what="the guided gradient", confusions=OTHERS)


@criterion("saliency.guided.modules")
def test_nothing_passes_where_the_input_is_0(submission):
    """Let nothing pass a ReLU whose input is exactly 0, as they all are in a black image.

    Catches: a gradient that passes where the input is 0 or larger.
    """
    pixels = np.array([[0.0, 0.0, 0.0], PIXELS[0]])
    got = submission.guided_backprop(DENSE.on(submission), tensor(pixels[:, None, None]), 0)
    zeros = {"Where a ReLU's input is exactly 0, nothing passes.": back([0, 0], guided_from_0, pixels)}
    assert_close(got, back([0, 0], guided, pixels), what="the guided gradient", confusions=zeros)


@criterion("saliency.guided.functions")
def test_guided_backprop_reaches_functions(submission):
    """Clamp the gradient where ReLU is called as a function, as in F.relu(x), too.

    Catches: hooks on nn.ReLU modules only.
    """
    got = submission.guided_backprop(FUNCTIONAL.on(submission), tensor(IMAGES))
    with told_apart(submission, lambda: seen_at_modules(submission)):
        assert_close(got, back(PREDICTED, guided), what="the guided gradient", confusions=OTHERS)


@criterion("saliency.guided.functions")
def test_guided_backprop_reaches_relu6(submission):
    """Clamp the gradient at nn.ReLU6 as at nn.ReLU, in images so dark that nothing is as large as 6.

    Catches: hooks on nn.ReLU modules only.
    """
    layers = DENSE.children
    sixes = {name: Layer("ReLU6") if name.startswith("relu") else layer for name, layer in layers.items()}
    got = submission.guided_backprop(Network(sixes, code="SIXES").on(submission), tensor(IMAGES / 4))
    with told_apart(submission, lambda: seen_at_modules(submission)):
        passed_by = {"No ReLU6 of this network clamps the gradient.": OTHERS[VANILLA], **OTHERS}
        assert_close(got, back(PREDICTED, guided), what="the guided gradient", confusions=passed_by)


def seen_at_modules(submission):
    """Ask for a network of modules that work in place, and for what has become of it."""
    model = small_network("in_place").on(submission)
    submission.guided_backprop(model, tensor(np.ones((2, 3, 6, 8))))
    Network.state_of(model)


@criterion("saliency.guided.untouched")
def test_guided_backprop_leaves_the_model_as_it_was(submission):
    """Leave no hook and no changed layer on the model, its modes and the gradients of its parameters as they were.

    Catches: hooks that are never removed, eval() without a way back, one mode for all parts, `.grad` left on parameters
    or taken away by zero_grad().
    """
    untouched(submission, submission.guided_backprop, "in_place")
