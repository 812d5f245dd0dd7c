"""Hidden checks of dropout and of the network: by laws of chance, and against the same layers built here."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, assert_close, at_edges, criterion, fail, spread, tensor
from grader.checks.comparing.chance import assert_share
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.networks.training import assert_pass_leaves, give_weights, scatter, seed_torch, student_object

seeds = st.integers(0, 9)
SIDE = 8
DRAWS = 1500


@criterion("classifier.dropout.training")
@given(seed=seeds)
@settings(max_examples=1)
def test_entries_are_dropped_one_by_one_and_scaled(submission, seed):
    """Return each entry as 0 or divided by 1 - p, drawn anew in each call, each entry by itself.

    Catches: no scaling, a scale of p or 1 - p, p for what is kept, one mask for all rows or calls.
    """
    for shape in ((30, 2, 40), (40, 60), (6, 8, 7, 7)):
        for p in (0.03, 0.13, 0.6, 0.95):
            assert_dropped(submission, spread(shape, seed), p)


def assert_dropped(submission, x, p):
    """Fail unless entries of x are dropped each by itself, anew in each of two calls, and scaled."""
    first, second = (
        tensor_numbers(submission.dropout(tensor(x), p, True), what="what dropout returns") for _ in range(2)
    )
    for got in (first, second):
        if got.shape != x.shape:
            fail("what dropout returns has another shape", f"expected {x.shape}, got {got.shape}")
        assert_close(got, np.where(got == 0, 0, x / (1 - p)), what="what dropout returns")
    masks = np.array([first == 0, second == 0])
    assert_share(masks.sum(), masks.size, p, "entries are not dropped with probability p")
    # The standard deviation of a share of 2400 entries is 0.01 at most.
    if abs((masks[0] & masks[1]).mean() - p * p) > 0.05:
        fail("entries are not dropped with probability p, anew in each call", f"p = {p}: share {masks.mean():.3g}")
    near = (masks.swapaxes(1, axis) for axis in range(1, masks.ndim))
    if any(abs((each[:, 1:] & each[:, :-1]).mean() - p * p) > 0.06 for each in near):
        fail("entries are not dropped each by itself: neighbours are dropped together")


@criterion("classifier.dropout.training")
@given(seed=seeds)
@settings(max_examples=1)
def test_how_many_are_dropped_is_a_matter_of_chance(submission, seed):
    """Drop of twenty entries now more, now fewer, also of a single number, and of each as often.

    Catches: a share that is always the same, a share of each row, the same entries always.
    """
    x = spread((2, 10), seed)
    masks = np.array([tensor_numbers(submission.dropout(tensor(x), 0.5, True), what="what dropout returns") == 0
                      for _ in range(40)]).reshape(40, -1)  # fmt: skip
    # The variance of 40 sums of 20 coins is 5 ± 1.1, of 80 sums of 10 it is 2.5 ± 0.4; of a fixed share it is 0.
    halves = masks.reshape(-1, 10)
    if masks.shape != (40, 20) or masks.sum(axis=1).var() < 1 or halves.sum(axis=1).var() < 0.5:
        fail("always equally many entries are dropped: each is to be dropped by itself")
    for one, other in ((masks[:, 1:], masks[:, :-1]), (masks[1:], masks[:-1])):
        assert_share((one == other).sum(), one.size, 0.5, "entries are not dropped each by itself, anew in each call")
    alone = [tensor_numbers(submission.dropout(tensor(np.array(2.0)), 0.5, True), what="what dropout returns")
             for _ in range(60)]  # fmt: skip
    if any(each.shape != () or float(each) not in (0.0, 4.0) for each in alone):
        fail("a single number is not dropped or doubled", f"got: {alone[:5]}")
    assert_share(sum(each == 0 for each in alone), 60, 0.5, "a single number is dropped too often or too seldom")


@criterion("classifier.dropout.training")
@given(seed=seeds, p=st.sampled_from([0.3, 0.9]))
@settings(max_examples=2)
def test_pytorchs_random_numbers_decide(submission, seed, p):
    """Drop what PyTorch's global random numbers say, and keep the dtype.

    Catches: random numbers of NumPy's or Python's, a seed of one's own, another dtype.
    """
    for dtype in (np.float16, np.float32, np.float64):
        x, got = spread((5, 30), seed).astype(dtype), []
        for number in (1, 1, 2):
            seed_torch(submission, number)
            got.append(tensor_numbers(submission.dropout(tensor(x), p, True), what="what dropout returns"))
        if got[0].dtype != dtype:
            fail("what dropout returns has another dtype than x", f"expected {np.dtype(dtype)}, got {got[0].dtype}")
        if not np.array_equal(got[0], got[1]) or np.array_equal(got[0], got[2]):
            fail("what is dropped does not follow from PyTorch's global random numbers, as torch.manual_seed sets them")


@criterion("classifier.dropout.training")
def test_dropout_at_the_edges_of_what_it_may_be_asked(submission):
    """Drop entries of any shape, of zeros, of equal, large and small numbers, and none where p is 0.

    Catches: an axis of one entry that is squeezed away, entries that are 0 taken for dropped ones, p of 0 taken for
    another, numbers that are clipped.
    """
    for what, x in at_edges(3, 4).items():
        for p in (0.0, 0.5):
            got = tensor_numbers(submission.dropout(tensor(x), p, True), what="what dropout returns")
            if got.shape != x.shape:
                fail("what dropout returns has another shape", f"expected {x.shape}, got {got.shape}")
            kept = got != 0 if p else np.ones(x.shape, bool)
            if kept.size > 100 and p and not 0.2 < kept.mean() < 0.8 and x.all():
                fail("entries are not dropped with probability p", f"p = {p}: share kept {kept.mean():.3g}")
            assert_close(got, np.where(kept, x / (1 - p), 0), what=f"what dropout returns for {what}")


@criterion("classifier.dropout.evaluation")
@given(seed=seeds, p=st.sampled_from([0.2, 0.6]))
@settings(max_examples=2)
def test_evaluation_changes_nothing(submission, seed, p):
    """Return x as it is where it is not training.

    Catches: dropping or scaling in evaluation, large numbers clipped.
    """
    for shape in ((12, 4, 4), ()):
        x = 300 * spread(shape, seed)
        assert_close(submission.dropout(tensor(x), p, False), tensor(x), what="what dropout returns in evaluation")


@criterion("classifier.dropout.evaluation")
def test_evaluation_changes_nothing_at_the_edges(submission):
    """Return x as it is, whatever its shape and dtype: zeros, equal, large and small numbers.

    Catches: an axis of one entry that is squeezed away, another dtype, numbers that are clipped.
    """
    for what, x in at_edges(3, 4).items():
        for dtype in (np.float16, np.float32, np.float64):
            got = tensor_numbers(submission.dropout(tensor(x.astype(dtype)), 0.5, False), what="what dropout returns")
            if got.dtype != dtype:
                fail("what dropout returns has another dtype than x", f"expected {np.dtype(dtype)}, got {got.dtype}")
            assert_close(got, x.astype(dtype), what=f"what dropout returns in evaluation for {what}")


def network(seed, depth, width, batch_norm, pooling, side=SIDE):
    """Return the layers up to the ten outputs, with weights."""
    layers: dict[str, Layer] = {}
    channels, stride = 3, 2 if pooling == "stride" else 1
    for k in range(depth):
        conv = {"in_channels": channels, "out_channels": width, "kernel_size": 3, "padding": 1, "stride": stride}
        weights = {"weight": spread((width, channels, 3, 3), seed + k) / 3, "bias": spread((width,), seed + k + 20)}
        layers[f"conv{k}"] = Layer("Conv2d", conv, weights)
        if batch_norm:
            state = {name: spread((width,), seed + k + n, 0.5, 1.5) for n, name in
                     enumerate(("weight", "bias", "running_mean"), 30)}  # fmt: skip
            state["running_var"] = np.abs(spread((width,), seed + k + 40, 0.5, 1.5))
            layers[f"norm{k}"] = Layer("BatchNorm2d", {"num_features": width}, state)
        layers[f"relu{k}"] = Layer("ReLU")
        if pooling != "stride":
            layers[f"pool{k}"] = Layer("MaxPool2d" if pooling == "max" else "AvgPool2d", {"kernel_size": 2})
        channels = width
    features = width * (side // 2**depth) ** 2
    dense = {"weight": spread((10, features), seed + 50) / 2, "bias": spread((10,), seed + 51)}
    layers |= {"flatten": Layer("Flatten"), "fc": Layer("Linear", {"in_features": features, "out_features": 10}, dense)}
    return Network(layers)


def both(submission, seed, arguments, dropout=0.0, output="none", side=SIDE):
    """Return the student's network with given weights, and the same up to its outputs, made here."""
    depth, width, batch_norm, pooling = arguments
    made = submission.Classifier(depth, width, batch_norm, dropout, pooling, output, side)
    model = student_object(made, what="Classifier")
    layers = network(seed, *arguments, side)
    give_weights(model, layers, what="Classifier")
    return model, layers.module().double()


def answer(module, images):
    import torch

    with torch.no_grad():
        return np.asarray(module(torch.from_numpy(images)))


@criterion("classifier.network.blocks")
@given(
    seed=seeds,
    shape=st.sampled_from([(1, 3, 6), (2, 2, 12), (3, 2, 8), (4, 2, 16), (7, 2, 128), (1, 80, 4)]),
    batch_norm=st.booleans(),
    pooling=st.sampled_from(["max", "average", "stride"]),
)
@example(seed=1, shape=(2, 2, 12), batch_norm=True, pooling="stride")
@example(seed=1, shape=(7, 2, 128), batch_norm=False, pooling="stride")
@example(seed=1, shape=(1, 80, 4), batch_norm=False, pooling="max")
@settings(max_examples=8)
def test_the_blocks_are_those_asked_for(submission, seed, shape, batch_norm, pooling):
    """Compute what these layers compute, in evaluation, in training and after it, whatever depth, width and pooling.

    Catches: a depth, a pooling or batch normalisation that is ignored, other kernels, ReLU at another place, a mode
    that does not stay as it is, ten samples at most, parameters left frozen, rows left out after the normalisation in
    place of a stride.
    """
    depth, width, side = shape
    arguments = depth, width, batch_norm, pooling
    images = spread((11, 3, side, side), seed)
    assert_pass_leaves(both(submission, seed, arguments, side=side)[0], tensor(images), what="the network")
    model, here = both(submission, seed, arguments, side=side)
    for mode in ("eval", "train", "eval"):
        getattr(model, mode)()
        getattr(here, mode)()
        assert_close(model(tensor(images)), tensor(answer(here, images)), what=f"what it returns in mode {mode}")


@criterion("classifier.network.blocks")
@given(seed=seeds, pooling=st.sampled_from(["max", "average", "stride"]))
@settings(max_examples=3)
def test_each_way_of_pooling(submission, seed, pooling):
    """Pool as is asked for, with batch normalisation before it.

    Catches: one way of pooling taken for another, layers that two networks share.
    """
    model, here = both(submission, seed, (2, 2, True, pooling))
    both(submission, seed + 1, (2, 2, True, pooling))  # of which nothing is shared
    images = spread((2, 3, SIDE, SIDE), seed)
    model.eval()
    assert_close(model(tensor(images)), tensor(answer(here.eval(), images)), what="what the network returns")


@criterion("classifier.network.blocks")
def test_what_is_not_said_is_as_in_the_signature(submission):
    """Make two blocks of 16 channels with max pooling, for images of 32×32, where nothing else is asked for.

    Catches: other defaults.
    """
    model = student_object(submission.Classifier(), what="Classifier")
    layers = network(1, 2, 16, False, "max", side=32)
    give_weights(model, layers, what="Classifier()")
    images = spread((1, 3, 32, 32), 1)
    expected = answer(layers.module().double(), images)
    assert_close(model(tensor(images)), tensor(expected), what="what the network returns")


@criterion("classifier.network.blocks")
def test_images_of_zeros_equal_large_and_small_numbers(submission):
    """Return what these layers say of images that are zero, equal, large or small, in evaluation mode.

    Catches: zeros taken for what is missing, pixels that are clipped or normalised, an axis that is squeezed away.
    """
    model, here = both(submission, 3, (2, 2, True, "average"))
    model.eval()
    for what, images in at_edges(2, 3, SIDE, SIDE, least=(1, 3, SIDE, SIDE), long=(0,)).items():
        right = answer(here.eval(), images)
        assert_close(model(tensor(images)), tensor(right), what=f"what the network returns for {what}")


@criterion("classifier.network.head")
@given(seed=seeds)
@settings(max_examples=2)
def test_the_outputs_are_activated(submission, seed):
    """Return softmax over the classes, the sigmoid of each output, or the outputs themselves.

    Catches: softmax over the batch, softmax and sigmoid exchanged, an activation that is ignored, powers of large
    scores that overflow.
    """
    for output, size in ((output, size) for output in ("none", "softmax", "sigmoid") for size in (1, 300)):
        images = size * spread((3, 3, SIDE, SIDE), seed)
        model, here = both(submission, seed, (1, 2, False, "max"), output=output)
        scores = answer(here, images)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        expected = {
            "none": scores, "softmax": powers / powers.sum(axis=1, keepdims=True),
            "sigmoid": np.exp(-np.logaddexp(0, -scores)),
        }[output]  # fmt: skip
        assert_close(model(tensor(images)), tensor(expected), what=f"what the network returns with output {output!r}")


@criterion("classifier.network.head")
@given(seed=seeds, p=st.sampled_from([0.2, 0.9]))
@settings(max_examples=2)
def test_dropout_is_on_in_training_alone(submission, seed, p):
    """Drop features in training mode only, each by itself with the probability asked for.

    Catches: dropout in evaluation, no dropout, outputs or pixels dropped, entries that are not scaled, whole channels
    dropped, another probability, the same features in each pass.
    """
    arguments = 1, 2, False, "max"
    model, here = both(submission, seed, arguments, dropout=p)
    image = spread((1, 3, SIDE, SIDE), seed)
    scores = answer(here, image)
    model.eval()
    assert_close(model(tensor(image)), tensor(scores), what="what the network returns in evaluation")
    model.train()
    many = tensor(np.repeat(image, DRAWS, axis=0))
    got, again = (tensor_numbers(model(many), what="what the network returns in training") for _ in range(2))
    if got.shape != (DRAWS, 10) or np.ptp(got, axis=0).min() == 0:
        fail("nothing is dropped in training mode")
    if np.array_equal(got, again):
        fail("what is dropped is not drawn anew in each pass")
    off = got.mean(axis=0) - scores[0]
    error = got.std(axis=0) / np.sqrt(DRAWS)
    if (np.abs(off) > 6 * error).any():
        fail("the outputs in training are not on average those in evaluation: what is kept is not scaled rightly")
    if (got == 0).any():
        fail("outputs are dropped; drop of the features before the dense layer")
    # Of a sum of w·x with each x dropped by itself the variance is p / (1 - p) · Σ (w·x)²; that of 1500 draws is off by
    # 4 per cent of it, as a standard deviation.
    features = answer(here[:-1], image)[0]
    variance = p / (1 - p) * ((here[-1].weight.detach().numpy() * features) ** 2).sum(axis=1)
    if (np.abs(got.var(axis=0) / variance - 1) > 0.35).any():
        fail("features are not dropped each by itself with the probability asked for")


@criterion("classifier.network.head")
@given(seed=seeds)
@settings(max_examples=1)
def test_dropout_goes_with_all_else(submission, seed):
    """Drop features in training mode, and in no other, whatever the blocks and the output are.

    Catches: dropout that goes with one depth, pooling, activation or normalisation alone.
    """
    for arguments, output in (((3, 8, True, "stride"), "softmax"), ((1, 5, True, "average"), "sigmoid")):
        depth, width, batch_norm, pooling = arguments
        made = submission.Classifier(depth, width, batch_norm, 0.5, pooling, output, SIDE)
        model = student_object(made, what="Classifier")
        model.double()
        scatter(model, seed)
        images = tensor(spread((30, 3, SIDE, SIDE), seed))
        for training in (True, False):
            model.train(training)
            got, again = (tensor_numbers(model(images), what="what the network returns") for _ in range(2))
            # Large scores leave softmax and sigmoid near 0 and 1: there too, no number is just the same.
            same = np.array_equal(got, again) if training else np.allclose(got, again)
            if got.shape != (30, 10) or same is training:
                fail(f"features are {'not ' if training else ''}dropped in {'training' if training else 'evaluation'}")
