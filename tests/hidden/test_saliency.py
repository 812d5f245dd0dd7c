"""Hidden checks of vanilla and guided backprop on small seeded networks, against the same networks built here.

The answer to compare with needs neither hooks nor the autograd graph: the network is built once more with
functions in place of its rectifiers whose backward pass is the rule itself. Networks arrive in training mode,
images are not square and come in batches. All is in double precision, so that no sign of a pre-activation depends
on the order of a sum.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Network, assert_close, assert_untouched, criterion, small_network, spread, tensor, told_apart

STYLES = ("modules", "in_place", "reused", "residual", "classifier")
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


@criterion("saliency.vanilla.gradient")
@given(style=st.sampled_from([*STYLES, *FUNCTIONS, "linear"]), seed=seeds, shape=shapes)
@settings(max_examples=3)
def test_vanilla_backprop_is_the_gradient_of_the_predicted_classs_score(submission, style, seed, shape):
    """Return the gradient of the score of each image's predicted class, computed in evaluation mode.

    Catches: a probability or a loss in place of the score, no eval(), absolute values, maps that are normalised
    or summed over channels, the gradient of the first image or of one class for all.
    """
    agrees(submission.vanilla_backprop, submission, small_network(style, seed), spread(shape, seed))


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
    targets = np.random.default_rng(seed).permutation(5)[:3]
    agrees(submission.vanilla_backprop, submission, small_network("modules", seed), spread((3, 3, 6, 9), seed), targets)


@criterion("saliency.vanilla.untouched")
@given(seed=seeds, style=st.sampled_from(["in_place", "residual"]))
@settings(max_examples=1)
def test_vanilla_backprop_leaves_the_model_and_the_images(submission, seed, style):
    """Leave the model's mode, parameters, `.grad` and layers, and the images, as they were.

    Catches: eval() without a way back, train() in any case, `.grad` left on parameters, changed images.
    """
    for training in (True, False):
        untouched(submission.vanilla_backprop, submission, small_network(style, seed), seed, training=training)


@criterion("saliency.guided.modules")
@given(seed=seeds, shape=shapes)
@settings(max_examples=1)
def test_guided_backprop_clamps_the_gradient_at_every_relu_module(submission, seed, shape):
    """Return the gradient that passes each ReLU only where it is positive and where the ReLU's input was.

    Catches: a deconvnet, vanilla backprop, clamping the input's gradient only, hooks on the first or the last ReLU,
    on those of the features only, or on one call of a module that is used many times; no eval(), a probability.
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
    targets = np.array([target, (target + 1) % 5])
    agrees(submission.guided_backprop, submission, network, images, targets, guided=True)


@criterion("saliency.guided.modules")
@given(seed=seeds)
@settings(max_examples=1)
def test_guided_backprop_is_vanilla_where_there_is_no_relu(submission, seed):
    """Return the plain gradient of a network without a ReLU.

    Catches: clamping at other layers, or the input's gradient.
    """
    agrees(submission.guided_backprop, submission, small_network("linear", seed), spread((1, 3, 7, 9), seed))


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

    Catches: hooks that are never removed, ReLUs exchanged or no longer in place, eval() without a way back, `.grad`
    left on parameters.
    """
    for training in (True, False):
        untouched(submission.guided_backprop, submission, small_network(style, seed), seed, training=training)


def untouched(function, submission, network, seed, *, training):
    """Fail unless a call leaves model and images alone, and a second one gives the right answer.

    A model in evaluation mode is frozen too.
    """
    model, images = network.on(submission), spread((2, 3, 6, 9), seed)
    model.train(training)
    model.requires_grad_(training)
    before = Network.state_of(model)
    _, left = function.with_arguments(model, tensor(images))
    assert_untouched(before, Network.state_of(model))
    assert_close(left[1], tensor(images), what="the images after the call")
    again = function(model, tensor(images))
    guided = "guided" in repr(function)
    assert_close(again, answer(network, images, guided=guided), what="the answer of a second call")
