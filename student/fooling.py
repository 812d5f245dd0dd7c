# Fill in the bodies: each docstring says what is asked.
"""Fooling images: photographs changed so little that nobody sees it, which a classifier takes for something else.

Conventions of this module: `model` takes images of shape (N, C, H, W) and returns scores (logits) of shape (N, K),
one for each of K classes; the class that it takes an image for is that of the highest score. It computes in evaluation
mode, whichever mode it arrives in. Models and images are left as they were: the mode of each module (one may be in
evaluation mode while another trains), the parameters and buffers, their `.grad`, which may be there already, and
`.requires_grad`, the images' numbers; no hook remains.
"""

import torch
from torch import nn


def fooling_image(
    model: nn.Module, image: torch.Tensor, target: int, step: float = 1.0, limit: int = 100
) -> torch.Tensor:
    """Return an image close to `image` that the model takes for class `target`, of the same shape and dtype.

    `image` has shape (1, C, H, W). Steps start from a copy of it and go up the gradient of the target's score. Each
    adds the gradient at the present image, divided by its own Euclidean norm over all pixels and channels, times
    `step`, and so is `step` long. Returned is the first image that the model takes for the target, the start included:
    one that it takes for the target already comes back unchanged. Where `limit` steps do not suffice, it is the image
    after the last of them. Numbers are not clipped.

    The target's score may be its logit, its probability or the logarithm of that, as you like.
    """
    raise NotImplementedError("fooling.image")


def transfer(
    model: nn.Module, images: torch.Tensor, fooled: torch.Tensor, targets: torch.Tensor
) -> tuple[float, float]:
    """Return whether images that fool one network fool another, `model`, too: the pair (targeted, changed).

    `images` are the originals and `fooled` what was made of them for the first network, both of shape (N, C, H, W).
    `targets` is an integer tensor of shape (N,): what each was to be taken for. Both results are shares of the N
    images, plain numbers from 0 to 1: `targeted` of those whose fooling image `model` takes for its target, though it
    does not take the original for it; `changed` of those whose fooling image it takes for another class than the
    original, whichever.
    """
    raise NotImplementedError("fooling.transfer")
