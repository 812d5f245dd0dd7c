"""Hidden checks of vanilla and guided backprop on small seeded networks, against the same networks built here.

The answer to compare with needs neither hooks nor the autograd graph: the network is built once more with
functions in place of its rectifiers whose backward pass is the rule itself. Networks arrive in training mode,
images are not square and come in batches. All is in double precision, so that no sign of a pre-activation depends
on the order of a sum.
"""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

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
    told_apart,
    wide_network,
)
from grader.checks.networks.described import slope_of
from grader.checks.networks.training import give_weights
from grader.worker.wire.tensors import as_array

STYLES = ("modules", "in_place", "reused", "residual", "preactivated", "classifier")
FUNCTIONS = ("functional", "relu6")

seeds = st.integers(0, 2**16)
shapes = st.tuples(st.integers(1, 3), st.just(3), st.integers(6, 8), st.integers(9, 10))


def answer(network, images, target=None, *, guided=False):
    """Return the raw map, by autograd of a network with rectifiers of our own."""
    import torch

    class Rectified(torch.autograd.Function):
        """max(0, min(x, end)), whose gradient is clamped at 0 on its way back if guided."""

        @staticmethod
        def forward(ctx, x, end):
            ctx.save_for_backward((x > 0) & (x < end))
            return x.clamp(0, end)

        @staticmethod
        def backward(ctx, gradient):
            passed = gradient.clamp(min=0) if guided else gradient
            return passed * ctx.saved_tensors[0], None

    def relu(x):
        return Rectified.apply(x, float("inf"))

    def relu6(x):
        return Rectified.apply(x, 6.0)

    model = network.module({"ReLU": relu, "relu": relu, "ReLU6": relu6, "relu6": relu6}).eval()
    inputs = torch.from_numpy(images).requires_grad_()
    scores = model(inputs)
    classes = scores.argmax(dim=1) if target is None else torch.as_tensor(target).expand(len(images))
    return torch.autograd.grad(sum(row[k] for row, k in zip(scores, classes, strict=True)), inputs)[0]


def agrees(function, submission, network, images, target=None, *, guided=False):
    """Fail unless the submission's map of `images` is right, in the network as it arrives."""
    arguments = [network.on(submission), tensor(images)]
    if target is not None:
        arguments.append(target if isinstance(target, int) else tensor(target))
    got = function(*arguments)
    right = answer(network, images, target, guided=guided)
    assert_close(got, right, what="the guided gradient" if guided else "the gradient")
    if as_array(got).dtype != images.dtype:
        fail("the gradient does not have the images' dtype", f"expected {images.dtype}, got {as_array(got).dtype}")


@criterion("saliency.vanilla.gradient")
@given(style=st.sampled_from([*STYLES, *FUNCTIONS, "linear"]), seed=seeds, shape=shapes)
@example(style="classifier", seed=1, shape=(2, 3, 6, 9))
@settings(max_examples=3)
def test_vanilla_backprop_is_the_gradient_of_the_predicted_classs_score(submission, style, seed, shape):
    """Return the gradient of the score of each image's predicted class, computed in evaluation mode.

    Catches: a probability or a loss in place of the score, no eval(), or of some kinds of layers only, absolute values,
    maps that are normalised or summed over channels, the gradient of the first image or of one class for all.
    """
    agrees(submission.vanilla_backprop, submission, small_network(style, seed), spread(shape, seed))


@criterion("saliency.vanilla.gradient")
def test_vanilla_backprop_answers_each_call_anew(submission):
    """Return the gradient at the images of each call, one image or many, square ones too, whatever was asked before.

    Catches: squeeze() without a dimension, answers that are kept by shape or by model, copies of a model that are kept
    though its weights have changed, gradients that add up in the images, a greatest number of images or channels,
    pixels clipped.
    """
    each_call_anew(submission.vanilla_backprop, submission)


def each_call_anew(function, submission, *, guided=False):
    """Fail unless the answers are right for one image, for another in the same tensor, and for many, in one model."""
    network, many = small_network("modules", 4), extremes((11, 3, 7, 7), 4)
    model = network.on(submission)
    one, other, all_of_them = ([model, tensor(images)] for images in (many[:1], many[1:2], many))
    for got, images in ((in_company(function, one, other), many[:1]), (function(*all_of_them), many)):
        right = answer(network, images, guided=guided)
        assert_close(got, right, what="the guided gradient" if guided else "the gradient")
    at_the_edges(function, model, guided=guided)
    wide, images = wide_network(4), spread((41, 5, 2, 3), 4)
    got = function(wide.on(submission), tensor(images))
    assert_close(got, answer(wide, images, guided=guided), what="the gradient of many images of five channels")


def at_the_edges(function, model, *, guided):
    """Fail unless the answers are right once the model's weights are others, for zeros, equal and large pixels."""
    one = spread((2, 3, 7, 8), 5)
    for seed, images in enumerate((one, 0 * one, np.full(one.shape, 1.5), 3000 * one), 30):
        network = small_network("modules", seed)
        give_weights(model, network, what="the model")
        right = answer(network, images, guided=guided)
        assert_close(function(model, tensor(images)), right, what="the gradient by the weights as they are now")


@criterion("saliency.vanilla.target")
@given(seed=seeds, shape=shapes, target=st.integers(0, 4))
@settings(max_examples=1)
def test_vanilla_backprop_is_of_the_class_asked_for(submission, seed, shape, target):
    """Return the gradient of the score of the class that is asked for, for all images.

    Catches: the predicted class whatever is asked for, class 0 taken for none.
    """
    agrees(submission.vanilla_backprop, submission, small_network("modules", seed), spread(shape, seed), target)
    agrees(submission.vanilla_backprop, submission, small_network("residual", seed), spread(shape, seed), 0)


@criterion("saliency.vanilla.target")
@given(seed=seeds)
@settings(max_examples=1)
def test_vanilla_backprop_takes_a_class_for_each_image(submission, seed):
    """Return the gradient of each image's own class where a tensor of classes is given.

    Catches: the first class for all, all classes for each image.
    """
    targets = np.random.default_rng(seed).integers(0, 5, 11)
    images = spread((11, 3, 6, 9), seed)
    agrees(submission.vanilla_backprop, submission, small_network("modules", seed), images, targets)


@criterion("saliency.vanilla.untouched")
@given(seed=seeds, style=st.sampled_from(["in_place", "residual"]))
@settings(max_examples=1)
def test_vanilla_backprop_leaves_the_model_and_the_images(submission, seed, style):
    """Leave the model's mode, parameters, `.grad` and layers, and the images, as they were.

    Parts of the model are in the other mode, or frozen, and parameters have a `.grad` already.

    Catches: eval() without a way back, train() in any case, the model's mode put back into all of its parts, `.grad`
    left on parameters, or taken from them by zero_grad(), parameters left frozen, changed images, modes that are
    remembered from the first call.
    """
    untouched(submission.vanilla_backprop, submission, style, seed)


@criterion("saliency.guided.modules")
@given(seed=seeds, shape=shapes)
@settings(max_examples=1)
def test_guided_backprop_clamps_the_gradient_at_every_relu_module(submission, seed, shape):
    """Return the gradient that passes each ReLU only where it is positive and where the ReLU's input was.

    Catches: a deconvnet, vanilla backprop, clamping the input's gradient only, hooks on the first or the last ReLU,
    on those of the features only, or on one call of a module that is used many times; clamping all that reaches the
    input of a ReLU, which may come from elsewhere too; no eval(), a probability.
    """
    for style in STYLES:
        agrees(submission.guided_backprop, submission, small_network(style, seed), spread(shape, seed), guided=True)


@criterion("saliency.guided.modules")
@given(style=st.sampled_from(STYLES), seed=seeds, target=st.integers(0, 4))
@settings(max_examples=1)
def test_guided_backprop_is_of_the_class_asked_for(submission, style, seed, target):
    """Return the guided gradient of the class that is asked for.

    Catches: the predicted class whatever is asked for, class 0 taken for none, one image's class for all.
    """
    network, images = small_network(style, seed), spread((2, 3, 6, 9), seed)
    agrees(submission.guided_backprop, submission, network, images, target, guided=True)
    targets = np.random.default_rng(seed).integers(0, 5, 11)
    agrees(submission.guided_backprop, submission, network, spread((11, 3, 6, 9), seed), targets, guided=True)


@criterion("saliency.guided.modules")
@given(seed=seeds)
@settings(max_examples=1)
def test_guided_backprop_is_vanilla_where_there_is_no_relu(submission, seed):
    """Return the plain gradient of a network without a ReLU.

    Catches: clamping at other layers, or the input's gradient.
    """
    agrees(submission.guided_backprop, submission, small_network("linear", seed), spread((1, 3, 7, 9), seed))


@criterion("saliency.guided.modules")
def test_guided_backprop_answers_each_call_anew(submission):
    """Return the guided gradient at the images of each call, one image or many, square ones too, whatever came before.

    Catches: squeeze() without a dimension, answers that are kept by shape or by model, copies of a model that are kept
    though its weights have changed, gradients that add up in the images, a greatest number of images or channels,
    pixels clipped.
    """
    each_call_anew(submission.guided_backprop, submission, guided=True)


def at_the_ends(rectifier):
    """Return a network of dense layers without biases, and images for which inputs of its rectifiers are 0 and 6."""
    first = np.array([[1.0, 1, 0], [1, -1, 0], [0, 0, 2], [-1, 2, 1]])
    second = np.array([[1.0, 2, 1, 1], [2, 1, -1, 3]])
    layers = {
        "flatten": Layer("Flatten"),
        "fc1": Layer("Linear", {"in_features": 3, "out_features": 4, "bias": False}, {"weight": first}),
        "rectify": Layer(rectifier),
        "fc2": Layer("Linear", {"in_features": 4, "out_features": 2, "bias": False}, {"weight": second}),
    }
    images = np.array([[3.0, 3, 1], [0, 0, 0], [1, 1, 3]])[:, None, None]  # first @ image: 6 0 2 4, 0 0 0 0, 2 0 6 4
    return Network(layers, code=f"at_the_ends({rectifier!r})"), images


@criterion("saliency.guided.modules")
def test_nothing_passes_a_relu_whose_input_is_0(submission):
    """Let nothing pass a ReLU whose input is exactly 0, as it is all over a black image.

    Catches: a gradient that passes where the input is 0 or larger.
    """
    agrees(submission.guided_backprop, submission, *at_the_ends("ReLU"), guided=True)


@criterion("saliency.guided.functions")
def test_nothing_passes_a_relu6_at_its_ends(submission):
    """Let nothing pass a ReLU6 whose input is exactly 0 or 6.

    Catches: a gradient that passes at an end, or above 6.
    """
    agrees(submission.guided_backprop, submission, *at_the_ends("ReLU6"), guided=True)


@criterion("saliency.guided.functions")
@given(seed=seeds, shape=shapes)
@settings(max_examples=1)
def test_guided_backprop_reaches_relu6_and_functions(submission, seed, shape):
    """Clamp the gradient at ReLU6 modules too, and where ReLU is called as a function.

    Catches: hooks on nn.ReLU modules only, which find none here.
    """
    with told_apart(submission, lambda: seen_at_modules(submission, spread(shape, seed))):
        for style in FUNCTIONS:
            agrees(submission.guided_backprop, submission, small_network(style, seed), spread(shape, seed), guided=True)


def seen_at_modules(submission, images):
    """Ask for a network of modules that work in place, and for what has become of it."""
    model = small_network("in_place").on(submission)
    submission.guided_backprop(model, tensor(images))
    Network.state_of(model)


@criterion("saliency.guided.untouched")
@given(seed=seeds, style=st.sampled_from(["in_place", "residual", "reused"]))
@settings(max_examples=1)
def test_guided_backprop_leaves_the_model_and_the_images(submission, seed, style):
    """Leave the model as it was, without a hook, and give the same again when asked again.

    Parts of the model are in the other mode, or frozen, and parameters have a `.grad` already.

    Catches: hooks that are never removed, all hooks removed, ReLUs exchanged, no longer in place or guided for ever,
    eval() without a way back, the model's mode put back into all of its parts, modes that are remembered from the
    first call, `.grad` left on parameters, or taken from them by zero_grad().
    """
    untouched(submission.guided_backprop, submission, style, seed)


def untouched(function, submission, style, seed):
    """Fail unless a call leaves model and images alone, in either mode, and a second one gives the same answer.

    A model in evaluation mode is frozen too, and asked for a class. Whether the answer is right is another criterion's.
    """
    for training, target in ((True, ()), (False, (1,))):
        network, images = small_network(style, seed), spread((2, 3, 6, 9), seed)
        model = network.in_use_on(submission, training=training)
        before = Network.state_of(model)
        got, left = function.with_arguments(model, tensor(images), *target)
        assert_untouched(before, Network.state_of(model))
        assert_close(left[1], tensor(images), what="the images after the call")
        again = in_other_modes(function, model, tensor(images), *target, training=not training)
        other = function(small_network(style, seed + 50).on(submission), tensor(images), *target)
        assert_repeated(got, again, other, shape=images.shape, what="the answer")
        model.eval()
        weights = spread((2, 5), seed)
        own = slope_of(model, tensor(images), tensor(weights), what="the model after the call")
        assert_close(tensor(own), plain_slope(network, images, weights), what="the model's own gradient after the call")


def plain_slope(network, images, weights):
    """Return the gradient of the weighted sum of all scores, as any model of PyTorch's gives it."""
    import torch

    inputs = torch.from_numpy(images).requires_grad_()
    return torch.autograd.grad((network.module().eval()(inputs) * torch.from_numpy(weights)).sum(), inputs)[0]
