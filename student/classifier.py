# Fill in the bodies: each docstring says what is asked.
"""A convolutional network of ten classes, with what an ablation takes away or exchanges."""

import torch
from torch import nn


def dropout(x: torch.Tensor, p: float, training: bool) -> torch.Tensor:
    """Return x with entries dropped, each by itself with probability p (0 <= p < 1).

    In training a dropped entry is 0 and the others are divided by 1 - p, so that what is expected of each entry is
    what it was. Not in training nothing is dropped. What is drawn are PyTorch's global random numbers, so that
    ``torch.manual_seed`` decides what is dropped. x may have any shape, and is not changed; the result has its shape
    and dtype. Write it yourself, out of tensors' operations: PyTorch's own dropout, be it a function such as
    ``torch.nn.functional.dropout`` or a layer, is what is to be written here, and forbidden in this function.
    """
    raise NotImplementedError("classifier.dropout")


class Classifier(nn.Module):
    """A network that takes images (N, 3, side, side) and returns (N, 10); the side is a multiple of 2 ** depth.

    It has ``depth`` blocks, one after the other, and a head. A block is a convolution with 3×3 kernels, padding 1,
    biases and ``width`` channels of output; batch normalisation, if ``batch_norm``; ReLU; and pooling:

    - ``"max"``: the largest entry of each window of 2×2,
    - ``"average"``: the mean of each window of 2×2,
    - ``"stride"``: none, but the convolution itself has a stride of 2.

    The head takes all that the blocks return, in the order (channel, row, column), drops of these features with
    probability ``dropout`` (in training mode; here ``nn.Dropout`` may be used), and has one dense layer of ten
    outputs, with biases. Then comes the ``output`` activation: ``"none"``; ``"softmax"``, over the classes; or
    ``"sigmoid"``, of each output by itself. There are no other layers with parameters. Initial weights are up to you. A
    forward pass leaves the network in the mode in which it was.
    """

    def __init__(
        self,
        depth: int = 2,
        width: int = 16,
        batch_norm: bool = False,
        dropout: float = 0.0,
        pooling: str = "max",
        output: str = "none",
        side: int = 32,
    ) -> None:
        """Make the layers."""
        raise NotImplementedError("classifier.network")

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return the outputs for a batch of images."""
        raise NotImplementedError("classifier.network")
