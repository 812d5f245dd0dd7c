"""The probability is that of staying as it is.

Loses: transforms.images.flip
"""

import torch


def random_flip(images, probability, generator):
    flipped = torch.rand(len(images), generator=generator) > probability
    return torch.where(flipped[:, None, None, None], images.flip(3), images)
