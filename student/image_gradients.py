# Fill in the bodies: each docstring says what is asked.
"""Saliency maps: which pixels a classifier's score depends on."""

import torch
from torch import nn


def saliency_maps(model: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Return the saliency map of each image, shape (N, H, W), in the images' dtype.

    `model` takes images of shape (N, C, H, W) and returns scores (logits) of shape (N, K), one for each of K
    classes. `labels` is an integer tensor of shape (N,): the correct class of each image, which the model need not
    predict. N may be 1, and so may C, H and W.

    A map holds at each pixel the largest absolute value, over the channels, of the derivative of the correct class's
    score with respect to that pixel. It is neither normalised nor smoothed.

    The model computes in evaluation mode, whichever mode it arrives in. Model and images are left as they were: the
    mode of each module (one may be in evaluation mode while another trains), the parameters and buffers, their `.grad`,
    which may be there already, and `.requires_grad`, the images' numbers; no hook remains.

    See Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks", 2014, section 3.1.
    """
    raise NotImplementedError("maps.saliency")
