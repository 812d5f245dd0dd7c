"""Laws of a residual block: what happens to its input on the way to the sum, and how far a pixel's influence reaches.

A block is judged by what it computes with the check's weights, however it is written: its convolutions are recognised
by the shapes of their weights, the one on the shortcut by being 1×1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.asking.failing import fail
from grader.checks.asking.objects import StudentObject
from grader.checks.comparing.closeness import plain, tensor_numbers
from grader.checks.networks.described import Network, slope_of
from grader.checks.networks.training import scatter
from grader.checks.numeric.magnitudes import spread
from grader.worker.wire.tensors import tensor

Array = NDArray[Any]
Layer = tuple[Array, Array]  # a convolution's weights and biases
# Relative to the largest number: more than the rounding error of a sum of a few hundred numbers.
BENT = 1e-9
# Relative to the largest number: the effect of adding a few hundred numbers in another order, and of a large variance.
EQUAL = 1e-7
# Where a block may have ReLUs besides the one between its convolutions. Those on the shortcut are wrong in a block that
# keeps its shape, or always, which other checks report: the branch is right in all of them.
SUMS = ("", "sum", "branch", "branch input", "past", "past sum")
# Height and width of the images with which a block is judged: neither they nor their halves are equal.
SIZE = (7, 10)


def assert_shortcut_convolves(block: StudentObject, inputs: int, outputs: int, stride: int, seed: int) -> None:
    """Fail unless the input of a block that changes its shape is added after a 1×1 convolution with the stride.

    Normalisation may follow it. In a block that begins with a ReLU, the convolution may read the output of that.
    Changing its weights changes the sum by a multiple of the pixel at the same place, and nothing between the two is
    nonlinear: if pixels have one sign and are far from 0, so that a ReLU before it is linear, everything that the
    change adds is an affine function of that pixel's channels. Where a last ReLU gives 0, nothing can be observed.
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
    for sign in (1, -1):  # a ReLU before it may give 0 for all pixels of one sign
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
    """Fail unless a gradient gets past the branch of a block that changes its shape, only to each stride-th pixel."""
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
    """Fail unless a pixel's influence reaches as far as through a 3×3 convolution with the stride, and one without.

    The second convolution extends the reach of the first by one place on either side: `stride` pixels. If the second
    had the stride, pixels would reach two places less in total.
    """
    __tracebackhide__ = True
    _prepare(block, seed)
    place = 2 * stride + 1  # between two places if the stride is 2 or more, and far enough from the border
    images = spread((6, inputs, 5 * stride + 6, 5 * stride + 7), seed)
    other = images.copy()
    other[:, :, place, place] += 3
    before, after = (_result(block, each, outputs, stride) for each in (images, other))
    reached = (before != after).any(axis=(0, 1))
    near = [np.abs(stride * np.arange(side) - place) <= stride + 1 for side in reached.shape]
    expected = np.outer(*near)
    # For a few, the last ReLU may give 0 in all six images.
    if (reached & ~expected).any() or reached[expected].sum() < 0.85 * expected.sum():
        fail("a pixel does not reach as far as through the two convolutions", f"reached:\n{reached.astype(int)}")


def assert_branch(block: StudentObject, inputs: int, outputs: int, stride: int, seed: int, images: int = 3) -> None:
    """Fail unless what is added is the second convolution of the ReLU of the first; and so for the gradients.

    Normalisation gets parameters with which it changes nothing, wherever it is. The block is compared with those of
    `SUMS` that it equals when its second convolution gives 0; a block that then equals none is another check's concern,
    and so is one that changes its shape without exactly one 1×1 convolution.
    """
    __tracebackhide__ = True
    layers = _neutral(block, seed)
    threes, ways = _of_shape(layers, 3), _ways(inputs, outputs, stride, _of_shape(layers, 1))
    if not ways:
        return
    if len(threes) != 2:
        fail("the branch is not made of two convolutions of 3×3", f"there are {len(threes)}")
    pixels = 30 * spread((images, inputs, *SIZE), seed)
    whole, accepted = _answer(block, pixels, outputs, stride), []
    for first, second in (list(threes), list(threes)[::-1]):
        if (threes[first][0].shape[1], threes[second][0].shape[1]) != (inputs, outputs):
            continue
        _give(block, _nothing({second: threes[second]}))
        rest = _answer(block, pixels, outputs, stride)
        _give(block, _values({second: threes[second]}))
        for through in ways:
            parts = threes[first], threes[second], through, stride
            accepted += [
                _sum(pixels, *parts, at) for at in SUMS if _equal(rest, _sum(pixels, *parts, at, branch=False))
            ]
    if not accepted:
        return
    if not any(_equal(whole[:1], each[:1]) for each in accepted):
        fail("the block is not the sum of its input and two convolutions with a ReLU between them")
    if not any(_equal(whole, each) for each in accepted):
        fail("the gradient through the block is not that of the sum of its input and two convolutions")


def _ways(inputs: int, outputs: int, stride: int, past: dict[str, Layer]) -> list[Layer | None]:
    """Return what the input may pass through on its way to the sum: nothing, or the only 1×1 convolution."""
    if (inputs, 1) == (outputs, stride):
        return [None]
    return list(past.values()) if len(past) == 1 else []


def assert_past(block: StudentObject, inputs: int, outputs: int, stride: int, seed: int) -> None:
    """Fail unless a block that changes its shape is its 1×1 convolution, or a ReLU of it, if its branch gives 0.

    Normalisation gets parameters with which it changes nothing, and pixels are positive, so that a first ReLU has no
    effect.
    """
    __tracebackhide__ = True
    layers = _neutral(block, seed)
    past = _of_shape(layers, 1)
    if len(past) != 1:
        fail("the input does not go through one convolution of 1×1 where the shape changes", f"there are {len(past)}")
    _give(block, _nothing({name: layer for name, layer in layers.items() if name not in past}))
    pixels = np.random.default_rng([seed, 6]).uniform(1, 3, (3, inputs, *SIZE))
    [(weight, bias)] = past.values()
    got = _result(block, pixels, outputs, stride)
    right = np.einsum("oi,nihw->nohw", weight[:, :, 0, 0], pixels[:, :, ::stride, ::stride]) + bias[:, None, None]
    if not any(_equal([got], [each]) for each in (right, right.clip(0))):
        fail("with a branch that gives 0, a block is not the convolution of 1×1 of its input")


def assert_takes_away(block: StudentObject, channels: int, seed: int) -> None:
    """Fail unless the branch of a block that keeps its shape can add either sign, because a convolution ends it.

    Pixels are positive, so that a ReLU after the sum or before the branch has no effect, and negative results are not
    cut off.
    """
    __tracebackhide__ = True
    _prepare(block, seed)
    images = np.random.default_rng([seed, 4]).uniform(1, 3, (3, channels, *SIZE))
    if (_result(block, images, channels, 1) >= images).all():
        fail("the branch never subtracts anything from the sum: negative results of the last convolution are cut off")


def _prepare(block: StudentObject, seed: int) -> None:
    block.double()
    block.eval()
    scatter(block, seed)


def _neutral(block: StudentObject, seed: int) -> dict[str, Layer]:
    """Prepare a block whose normalisation changes nothing; return its convolutions' weights and biases by name."""
    _prepare(block, seed)
    values = {name: plain(value) for name, value in Network.state_of(block)["values"].items()}
    for name in [name.removesuffix("running_mean") for name in values if name.endswith("running_mean")]:
        # With a large variance, the number added in the divisor does not matter; without a gain it must be PyTorch's.
        gain = f"{name}weight" in values
        numbers = {"running_mean": 0.0, "running_var": 1e8 if gain else 1 - 1e-5, "weight": 1e4, "bias": 0.0}
        values |= {
            name + key: np.full_like(values[name + key], n) for key, n in numbers.items() if name + key in values
        }
    layers = {}
    for name, weight in values.items():
        if weight.ndim == 4:
            bias = values.get(name.removesuffix("weight") + "bias", np.zeros(len(weight)))
            layers[name] = weight / weight[0].size, bias  # so that a sum is not much larger than its terms
    _give(block, {name: value for name, value in values.items() if value.ndim == 1} | _values(layers))
    return layers


def _of_shape(layers: dict[str, Layer], side: int) -> dict[str, Layer]:
    return {name: layer for name, layer in layers.items() if layer[0].shape[2:] == (side, side)}


def _values(layers: dict[str, Layer]) -> dict[str, Array]:
    """Return weights and biases as they are named in a block's state, without biases that the block does not have."""
    return {
        name if part == "weight" else name.removesuffix("weight") + part: value
        for name, layer in layers.items()
        for part, value in zip(("weight", "bias"), layer, strict=True)
    }


def _nothing(layers: dict[str, Layer]) -> dict[str, Array]:
    return {name: 0 * value for name, value in _values(layers).items()}


def _answer(block: StudentObject, pixels: Array, outputs: int, stride: int) -> tuple[Array, Array]:
    """Return a block's result, and the gradient of a weighted sum of it with respect to the pixels."""
    result = _result(block, pixels, outputs, stride)
    return result, slope_of(block, tensor(pixels), tensor(spread(result.shape, 7)), what="a block")


def _equal(one: Sequence[Array], other: Sequence[Array]) -> bool:
    return all(np.abs(a - b).max() <= EQUAL * np.abs(b).max() for a, b in zip(one, other, strict=True))


def _sum(
    pixels: Array, first: Layer, second: Layer, past: Layer | None, stride: int, relu: str, *, branch: bool = True
) -> tuple[Array, Array]:
    """Return the value of one of `SUMS`, and its gradient as `_answer` does; without its branch, if requested."""
    import torch
    from torch.nn import functional

    def convolved(x: torch.Tensor, layer: Layer, step: int = 1, padding: int = 0) -> torch.Tensor:
        return functional.conv2d(x, torch.from_numpy(layer[0]), torch.from_numpy(layer[1]), step, padding)

    given = torch.from_numpy(pixels).requires_grad_()
    at = relu.split()
    begun = functional.relu(given) if "branch" in at else given
    by = functional.relu(given) if "input" in at else given
    result = by if past is None else convolved(by, past, stride)
    result = functional.relu(result) if "past" in at else result
    if branch:
        result = result + convolved(functional.relu(convolved(begun, first, stride, 1)), second, 1, 1)
    result = functional.relu(result) if "sum" in at else result
    weights = torch.from_numpy(spread(tuple(result.shape), 7))
    (slope,) = torch.autograd.grad((result * weights).sum(), given)
    return result.detach().numpy(), slope.numpy()


def _weights(block: StudentObject, shape: tuple[int, ...] | None = None) -> dict[str, Array]:
    """Return the weights of a block's convolutions by name, all of them or those of a shape."""
    values = {name: plain(value) for name, value in Network.state_of(block)["values"].items()}
    return {name: value for name, value in values.items() if value.ndim == 4 and shape in (None, value.shape)}


def _give(block: StudentObject, values: dict[str, Array]) -> None:
    block.load_state_dict({name: tensor(value) for name, value in values.items()}, False)


def _result(block: StudentObject, images: Array, outputs: int, stride: int) -> Array:
    """Return a block's result; fail if its shape is not the required one, or numbers are not finite."""
    __tracebackhide__ = True
    result = tensor_numbers(block(tensor(images)), what="the result of a block")
    shape = (len(images), outputs, *(-(-side // stride) for side in images.shape[2:]))
    if result.shape != shape:
        fail("the result of a block has the wrong shape", f"expected {shape}, got {result.shape}")
    if not np.isfinite(result).all():
        fail("the result of a block is not finite")
    return result
