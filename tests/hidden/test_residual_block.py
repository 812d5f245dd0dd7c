"""Hidden checks of the residual block: by what it computes with weights of the check's, however it is written.

All is in double precision.
"""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, fail, spread, tensor
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.networks.described import slope_of
from grader.checks.networks.residual import (
    assert_branch,
    assert_gradient_past,
    assert_past,
    assert_reach,
    assert_shortcut_convolves,
    assert_takes_away,
)
from grader.checks.networks.training import (  # fmt: skip
    assert_all_learn,
    assert_bends,
    assert_pass_leaves,
    scatter,
    student_object,
)

seeds = st.integers(0, 2**16)


@criterion("residual.block.identity")
@given(seed=seeds, channels=st.integers(2, 4))
@example(seed=1, channels=20)
@settings(max_examples=2)
def test_a_block_of_zeros_adds_nothing(submission, seed, channels):
    """Return x, or ReLU(x), where all parameters of the block are 0, in either mode.

    Catches: no sum, a product, a convolution on the way past, a ReLU before the sum only, rows taken for columns,
    parameters that come back.
    """
    for training, size in ((True, (5, 6)), (False, (6, 6))):
        assert_passes(submission, channels, 4 * spread((2, channels, *size), seed), training=training)


def assert_passes(submission, channels, x, *, training):
    model = student_object(submission.ResidualBlock(channels, channels), what="ResidualBlock(…)")
    model.double()
    model.train(training)
    scatter(model, 1)
    first, other = (tensor_numbers(model(tensor(x)), what="the result") for _ in range(2))
    assert_close(other, first, what="the result of a block when it is called once more")
    scatter(model, None)
    got = tensor_numbers(model(tensor(x)), what="the result")
    same = got.shape == x.shape and np.allclose(got, x)
    assert_close(tensor(np.asarray(got)), tensor(x if same else x.clip(0)), what="the result of a block of zeros")
    if other.shape != x.shape or np.allclose(other, got):
        fail("the result of a block does not depend on its parameters")
    if not same and (other < 0).any():
        fail("the input goes through a ReLU on its way to the sum", "with other parameters the result is negative")
    weights = spread(x.shape, 3)
    slope = slope_of(model, tensor(x), tensor(weights), what="a block")
    expected = tensor(weights if same else weights * (x > 0))
    assert_close(tensor(slope), expected, what="the gradient through a block of zeros")


@criterion("residual.block.shapes")
@given(seed=seeds, size=st.tuples(st.integers(5, 8), st.integers(6, 9)), stride=st.integers(1, 3))
@settings(max_examples=3)
def test_a_block_changes_channels_and_size(submission, seed, size, stride):
    """Return as many channels as asked for, and every stride-th row and column; let all parameters learn.

    Catches: a sum of unlike shapes, a stride that is left out, sizes that must be even, a mode that does not stay.
    """
    for inputs, outputs in ((2, 5), (3, 3)):
        model = student_object(submission.ResidualBlock(inputs, outputs, stride), what="ResidualBlock(…)")
        scatter(model, seed)
        model.double()
        model.eval()
        # So large that no bias decides by itself which side of a ReLU all pixels are on.
        images, shape = (
            tensor(20 * spread((4, inputs, *size), seed)),
            (4, outputs, *(-(-each // stride) for each in size)),
        )
        got = tensor_numbers(model(images), what="the result")
        if got.shape != shape:
            fail("the result of a block has the wrong shape", f"expected {shape}, got {got.shape}")
        assert_all_learn(model, images, tensor(spread(shape, seed + 1)), what="a block")
        assert_pass_leaves(model, images, what="a block")


# Blocks that change their shape: by stride alone, by channels alone, by both.
CHANGES = ((3, 3, 2), (2, 5, 1), (4, 3, 3))


@criterion("residual.block.shapes")
@given(seed=seeds)
@settings(max_examples=1)
def test_past_the_branch_is_a_convolution_where_the_shape_changes(submission, seed):
    """Lead the input through a convolution of 1×1 with the stride, where the shape changes, and nothing that bends.

    Catches: an input that is cropped, pooled or subsampled, a convolution of 3×3, a ReLU after it, a detached input,
    an input that is scaled on its way.
    """
    for change in CHANGES:
        block = student_object(submission.ResidualBlock(*change), what="ResidualBlock(…)")
        assert_shortcut_convolves(block, *change, seed)
        assert_gradient_past(block, *change, seed)
        assert_past(block, *change, seed)


@criterion("residual.block.branch")
@given(seed=seeds)
@settings(max_examples=1)
def test_a_block_sees_five_pixels_across(submission, seed):
    """Let each pixel reach two pixels far, as through two convolutions of 3×3, and further where there is a stride.

    Catches: one convolution, convolutions of another size, a branch that is not computed, the stride in the second.
    """
    for change in ((4, 4, 1), (4, 5, 2), (3, 5, 3)):
        assert_reach(student_object(submission.ResidualBlock(*change), what="ResidualBlock(…)"), *change, seed)


@criterion("residual.block.branch")
@given(seed=seeds)
@settings(max_examples=1)
def test_the_branch_may_take_away_from_the_sum(submission, seed):
    """Add a branch of either sign: with an input above 0 the sum is smaller than it here and there.

    Catches: a ReLU, or another activation without negative values, between the last convolution and the sum.
    """
    block = student_object(submission.ResidualBlock(4, 4), what="ResidualBlock(…)")
    assert_takes_away(block, 4, seed)


@criterion("residual.block.branch")
@given(seed=seeds)
@settings(max_examples=1)
def test_a_block_has_a_relu_between_its_convolutions(submission, seed):
    """Bend between the two convolutions: together they are no linear function.

    Catches: no ReLU, one before the first convolution or after the second only.
    """
    assert_bends(student_object(submission.ResidualBlock(4, 4), what="ResidualBlock(…)"), 4, seed)


@criterion("residual.block.branch")
@given(seed=seeds)
@settings(max_examples=1)
def test_the_branch_is_two_convolutions_and_a_relu(submission, seed):
    """Add the second convolution of the ReLU of the first, no more and no less, of many channels and images too.

    Catches: a branch that is scaled, taken away, cut off or bent, another activation, ReLUs too many or in two
    places, a detached input, another padding.
    """
    for case in ((4, 4, 1), *CHANGES, (17, 17, 1, 1), (2, 2, 1, 17)):
        sizes, images = case[:3], case[3:]
        assert_branch(student_object(submission.ResidualBlock(*sizes), what="ResidualBlock(…)"), *sizes, seed, *images)
