# Fill in the bodies: each docstring says what is asked.
"""Augmentation: pictures that are turned, moved or recoloured at random, so that a network meets each in many ways.

An image is a float tensor of shape (C, H, W) with numbers from 0 to 1. Each function draws anew whenever it is called,
by PyTorch's global random numbers, so that ``torch.manual_seed`` decides what comes. It returns an image of the same
shape and dtype, float32 or float64; the one that it is given is not changed.
"""

import torch


def turned(image: torch.Tensor) -> torch.Tensor:
    """Return the image turned by 0, 90, 180 or 270 degrees, each of which is drawn now and then.

    Height and width are equal.
    """
    raise NotImplementedError("augmentation.pictures")


def moved(image: torch.Tensor) -> torch.Tensor:
    """Return the image moved by -4 to 4 rows and -4 to 4 columns, whole numbers drawn each by itself.

    All channels are moved alike. What leaves the image on one side comes in on the other.
    """
    raise NotImplementedError("augmentation.pictures")


def recoloured(image: torch.Tensor) -> torch.Tensor:
    """Return the image with each channel multiplied by a factor of its own, drawn between 0.7 and 1.3.

    Numbers that come to be more than 1 become 1.
    """
    raise NotImplementedError("augmentation.pictures")
