"""Networks for pictures of 32×32 pixels: a shallow one, a convolutional one, batch normalisation, residual blocks.

Conventions of this module:

- All are classes of ``torch.nn.Module`` and work on batches of any size N, one included. They return scores (logits)
  of shape (N, classes): no softmax.
- Weights are in layers of ``torch.nn`` (`Linear`, `Conv2d`, `BatchNorm2d`), none but those that are asked for. Layers
  of one kind are made in the order in which they are used; names are up to you, as are `nn.Sequential` or a `forward`
  that calls one layer after the other, and modules or functions for what has no weights.
- Initial weights are up to you.
- A forward pass changes nothing of the module, neither its mode nor a `.grad`, but the running statistics of batch
  normalisation in training mode.
"""

from collections.abc import Sequence
from itertools import pairwise, starmap

import torch
from torch import nn
from torch.nn import functional


class ShallowNet(nn.Module):
    """One hidden layer: the same network as

        nn.Sequential(nn.Flatten(), nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes))

    written as a class of its own. An image of shape (C, H, W) has `inputs` = C·H·W numbers.
    """

    def __init__(self, inputs: int = 3072, hidden: int = 64, classes: int = 10) -> None:
        """Make the layers."""
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden)
        self.scores = nn.Linear(hidden, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the scores (N, classes) of images (N, C, H, W)."""
        return self.scores(functional.relu(self.hidden(x.flatten(1))))  # type: ignore[no-any-return]


class ConvNet(nn.Module):
    """A convolutional network with a block for each entry of `channels`, and one linear layer.

    A block is a convolution of 3×3 with as many output channels as its entry says, zero padding of 1, stride 1 and a
    bias; then a ReLU; then a max pool of 2×2 with stride 2. The first block takes the 3 channels of an image, of
    `side` × `side` pixels; all that the last block returns goes into the linear layer, in any order of its numbers.
    That layer has a bias and gives the scores. `side` is a multiple of 2 to the power of the number of blocks.
    """

    def __init__(self, channels: Sequence[int] = (16, 32, 64), classes: int = 10, side: int = 32) -> None:
        """Make the layers."""
        super().__init__()
        self.convolutions = nn.ModuleList(nn.Conv2d(i, o, 3, padding=1) for i, o in pairwise((3, *channels)))
        self.scores = nn.Linear(channels[-1] * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the scores (N, classes) of images (N, 3, side, side)."""
        for convolution in self.convolutions:
            x = functional.max_pool2d(functional.relu(convolution(x)), 2)
        return self.scores(x.flatten(1))  # type: ignore[no-any-return]


class ConvNetBN(nn.Module):
    """The same as `ConvNet`, with batch normalisation in each block, between the convolution and the ReLU.

    It is a `BatchNorm2d` with the settings that PyTorch gives it. A bias of the convolution is superfluous then: you
    may leave it out.
    """

    def __init__(self, channels: Sequence[int] = (16, 32, 64), classes: int = 10, side: int = 32) -> None:
        """Make the layers."""
        super().__init__()
        self.blocks = nn.Sequential(*starmap(_normalised_block, pairwise((3, *channels))))
        self.scores = nn.Linear(channels[-1] * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the scores (N, classes) of images (N, 3, side, side)."""
        return self.scores(self.blocks(x).flatten(1))  # type: ignore[no-any-return]


def _normalised_block(inputs: int, outputs: int) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, outputs, 3, padding=1)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2))


class ResidualBlock(nn.Module):
    """Two convolutions of 3×3 with zero padding of 1, whose result is added to the block's input.

    There is a ReLU between the convolutions, and there may be one before the first or after the sum (pre- and
    post-activation; choose one), and batch normalisation where you like it, with running statistics, as
    ``nn.BatchNorm2d`` keeps them unless told otherwise. The first convolution has the stride given, the second has a
    stride of 1. Where the result has another shape than the input, because channels or size
    change, the input goes through a convolution of 1×1 with that stride on its way to the sum, and batch normalisation
    if you like, but no ReLU except one with which the whole block begins; else it is added as it is. Gradients reach
    the input both ways. With all parameters 0, a block whose shape does not change returns its input x, or ReLU(x) if
    there is a ReLU after the sum.

    See He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", 2016, section 3, and "Identity
    Mappings in Deep Residual Networks", 2016.
    """

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        """Make the layers, for `inputs` channels in and `outputs` channels out."""
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, padding=1)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.norm2 = nn.BatchNorm2d(outputs)
        changes = inputs != outputs or stride > 1
        self.skip = nn.Conv2d(inputs, outputs, 1, stride) if changes else nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the result (N, outputs, ⌈H / stride⌉, ⌈W / stride⌉) for x of shape (N, inputs, H, W)."""
        branch = self.norm2(self.second(functional.relu(self.norm1(self.first(x)))))
        return functional.relu(self.skip(x) + branch)
