"""Public checks of dropout and of the network: shares and scales that one can count, and shapes."""

import numpy as np

from grader.checks import assert_close, criterion, fail, tensor
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.networks.training import student_object

ONES = np.ones((40, 50))


@criterion("classifier.dropout.training")
def test_a_quarter_is_dropped_and_the_rest_scaled(submission):
    """Return 0 for about a quarter of 2000 ones and 4/3 for the others.

    Catches: no scaling, a scale of p, p taken for what is kept, rows or columns dropped as a whole.
    """
    got = tensor_numbers(submission.dropout(tensor(ONES), 0.25, True), what="what dropout returns")
    if got.shape != ONES.shape:
        fail("what dropout returns has another shape", f"expected {ONES.shape}, got {got.shape}")
    share = float(np.mean(got == 0))
    # The share's standard deviation is 0.01.
    if not 0.2 < share < 0.3:
        kept = "p is the probability to be dropped, not to be kept." if 0.7 < share < 0.8 else ""
        fail("it is not about a quarter of the entries that is 0", f"the share is {share:.3g}", kept)
    confusions = {
        "Entries that are kept are not scaled: divide them by 1 - p in training.": np.where(got == 0, 0, 1.0),
        "Entries that are kept are multiplied by 1 - p; divide by it.": np.where(got == 0, 0, 0.75),
    }
    assert_close(got, np.where(got == 0, 0, 4 / 3), what="what dropout returns", confusions=confusions)
    if np.ptp(np.mean(got == 0, axis=0)) > 0.9 or np.ptp(np.mean(got == 0, axis=1)) > 0.9:
        fail("whole rows or columns are dropped; each entry is to be drawn by itself")


@criterion("classifier.dropout.evaluation")
def test_nothing_is_dropped_in_evaluation(submission):
    """Return what was given where it is no training, and also in training with p = 0.

    Catches: dropout that is on in evaluation, a scale in evaluation.
    """
    values = np.arange(12.0).reshape(3, 4) + 1
    on = "Dropout is on in evaluation too: there every entry passes as it is."
    got = tensor_numbers(submission.dropout(tensor(values), 0.5, False), what="what dropout returns")
    if got.shape == values.shape and (got == 0).any():
        fail("entries are dropped in evaluation", f"got: {got}", on)
    confusions = {"Entries are scaled in evaluation; scale in training instead.": values / 2}
    assert_close(got, values, what="what dropout returns in evaluation", confusions=confusions)
    assert_close(submission.dropout(tensor(values), 0.0, True), tensor(values), what="what dropout returns for p = 0")


@criterion("classifier.network.blocks")
def test_shapes(submission):
    """Return (2, 10) for two images, whatever the depth, the pooling and the side.

    Catches: a head that fits one size only, a missing argument.
    """
    for arguments in ({}, {"depth": 3, "pooling": "stride"}, {"depth": 1, "pooling": "average", "side": 8}):
        model = student_object(submission.Classifier(width=4, **arguments), what="Classifier")
        side = arguments.get("side", 32)
        got = tensor_numbers(model(tensor(np.ones((2, 3, side, side), np.float32))), what="what the network returns")
        if got.shape != (2, 10):
            fail("the network does not return ten outputs for each image", f"for {arguments}: shape {got.shape}")


@criterion("classifier.network.head")
def test_the_activation_at_the_end(submission):
    """Return shares that add up to 1 with softmax, and numbers from 0 to 1 that do not with sigmoid.

    Catches: softmax over the batch, sigmoid and softmax exchanged, no activation.
    """
    images = tensor(np.random.default_rng(1).normal(size=(3, 3, 8, 8)).astype(np.float32))
    soft, single = (
        tensor_numbers(submission.Classifier(1, 4, output=name, side=8)(images), what="what the network returns")
        for name in ("softmax", "sigmoid")
    )
    assert_close(soft.sum(axis=-1), np.ones(3), what="the sums of what softmax returns", rtol=1e-4)  # single precision
    if single.min() <= 0 or single.max() >= 1 or np.allclose(single.sum(axis=-1), 1, atol=1e-3):
        fail("what sigmoid returns is not of each output by itself, from 0 to 1", f"got: {single[0]}")
