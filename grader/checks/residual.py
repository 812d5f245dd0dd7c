"""Laws of a residual block: what its input goes through on the way to the sum, and how far a pixel reaches.

A block is judged by what it computes with weights of the check's, however it is written: its convolutions are known by
the shapes of their weights, the one past the branch by being of 1×1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.closeness import plain, tensor_numbers
from grader.checks.failing import fail
from grader.checks.magnitudes import spread
from grader.checks.networks import Network, slope_of
from grader.checks.submission import StudentObject
from grader.checks.training import scatter
from grader.worker.tensors import tensor

Array = NDArray[Any]
# What is no rounding of a sum of a few hundred numbers, beside the largest of them.
BENT = 1e-9
# Pixels of the images by which a block is judged: neither sides nor halves of them are equal.
SIZE = (7, 10)


def assert_shortcut_convolves(block: StudentObject, inputs: int, outputs: int, stride: int, seed: int) -> None:
    """Fail unless the input of a block that changes its shape is added after a convolution of 1×1 with the stride.

    Normalisation may follow it. In a block that begins with a ReLU, the convolution may read what that gives. A change
    of its weights changes the sum by a multiple of the pixel at the same place, and nothing between the two bends:
    where pixels are of one sign and far from 0, so that a ReLU before it is linear, all that the change adds is an
    affine function of that pixel's channels. Where a last ReLU leaves 0, nothing is seen.
    """
    __tracebackhide__ = True
    _prepare(block, seed)
    past = _weights(block, (outputs, inputs, 1, 1))
    if len(past) != 1:
        fail(
            "the input does not go through one convolution of 1×1 where the shape changes",
            f"there are {len(past)} with weights {(outputs, inputs, 1, 1)}",
        )
    (name, weight), nothing = *past.items(), True
    for sign in (1, -1):  # a ReLU before it may leave nothing of one of the two
        images = sign * 20 * np.exp(3 * np.random.default_rng([seed, 2]).random((3, inputs, *SIZE)))
        results = []
        for change in (0, spread(weight.shape, seed + 1)):
            _give(block, {name: weight + change})
            results.append(_result(block, images, outputs, stride))
        pixels = images[:, :, ::stride, ::stride].transpose(1, 0, 2, 3).reshape(inputs, -1)
        terms = np.vstack([np.ones(pixels.shape[1]), pixels])
        for before, after in zip(*(each.transpose(1, 0, 2, 3).reshape(outputs, -1) for each in results), strict=True):
            shown = (before != 0) & (after != 0)
            added, known = (after - before)[shown], terms[:, shown].T
            if len(added) <= 2 * inputs:
                continue
            rest = added - known @ np.linalg.lstsq(known, added, rcond=None)[0]
            if np.abs(rest).max() > BENT * max(np.abs(before).max(), np.abs(after).max()):
                fail("what is added to the branch is not a convolution of 1×1, with the stride, of the block's input")
            nothing = nothing and not np.ptp(added) > 0
    if nothing:
        fail("the sum does not depend on the convolution of 1×1")


def assert_gradient_past(block: StudentObject, inputs: int, outputs: int, stride: int, seed: int) -> None:
    """Fail unless a gradient gets past the branch of a block that changes its shape, to each stride-th pixel alone."""
    __tracebackhide__ = True
    _prepare(block, seed)
    past = _weights(block, (outputs, inputs, 1, 1))
    _give(block, {name: 0 * weight for name, weight in _weights(block).items() if name not in past})
    images = spread((3, inputs, *SIZE), seed)
    shape = _result(block, images, outputs, stride).shape
    slope = slope_of(block, tensor(images), tensor(spread(shape, seed + 1)), what="a block")
    reached = slope != 0
    reached[:, :, ::stride, ::stride] = False
    if not np.any(slope) or reached.any():
        fail("past the branch, the gradient does not go to each stride-th pixel of the input, and to no other")


def assert_reach(block: StudentObject, inputs: int, outputs: int, stride: int, seed: int) -> None:
    """Fail unless a pixel reaches as far as through a convolution of 3×3 with the stride, and another with none.

    The second convolution takes the results of the first from one place further on either side: `stride` pixels. If
    the second had the stride, pixels would reach two places less far together.
    """
    __tracebackhide__ = True
    _prepare(block, seed)
    place = 2 * stride + 1  # between two places where the stride is 2 or more, and far enough from the border
    images = spread((6, inputs, 5 * stride + 6, 5 * stride + 7), seed)
    other = images.copy()
    other[:, :, place, place] += 3
    before, after = (_result(block, each, outputs, stride) for each in (images, other))
    reached = (before != after).any(axis=(0, 1))
    near = [np.abs(stride * np.arange(side) - place) <= stride + 1 for side in reached.shape]
    expected = np.outer(*near)
    # A few may lie where the last ReLU leaves 0 in all six images.
    if (reached & ~expected).any() or reached[expected].sum() < 0.85 * expected.sum():
        fail("a pixel does not reach as far as through the two convolutions", f"reached:\n{reached.astype(int)}")


def assert_takes_away(block: StudentObject, channels: int, seed: int) -> None:
    """Fail unless the branch of a block that keeps its shape is added with either sign, as a convolution ends it.

    Pixels are above 0, so that a ReLU after the sum or before the branch leaves them, and what is below them is not 0.
    """
    __tracebackhide__ = True
    _prepare(block, seed)
    images = np.random.default_rng([seed, 4]).uniform(1, 3, (3, channels, *SIZE))
    if (_result(block, images, channels, 1) >= images).all():
        fail("the branch takes nothing away from the sum anywhere: what the last convolution gives is cut off below")


def _prepare(block: StudentObject, seed: int) -> None:
    block.double()
    block.eval()
    scatter(block, seed)


def _weights(block: StudentObject, shape: tuple[int, ...] | None = None) -> dict[str, Array]:
    """Return the weights of a block's convolutions by name, all of them or those of a shape."""
    values = {name: plain(value) for name, value in Network.state_of(block)["values"].items()}
    return {name: value for name, value in values.items() if value.ndim == 4 and shape in (None, value.shape)}


def _give(block: StudentObject, values: dict[str, Array]) -> None:
    block.load_state_dict({name: tensor(value) for name, value in values.items()}, False)


def _result(block: StudentObject, images: Array, outputs: int, stride: int) -> Array:
    """Return a block's result; fail where its shape is not the one asked for, or numbers are not finite."""
    __tracebackhide__ = True
    result = tensor_numbers(block(tensor(images)), what="the result of a block")
    shape = (len(images), outputs, *(-(-side // stride) for side in images.shape[2:]))
    if result.shape != shape:
        fail("the result of a block has the wrong shape", f"expected {shape}, got {result.shape}")
    if not np.isfinite(result).all():
        fail("the result of a block is not finite")
    return result
