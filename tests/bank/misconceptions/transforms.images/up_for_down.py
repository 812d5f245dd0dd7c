"""Up and down are exchanged; left and right are meant.

Loses: transforms.images.flip, transforms.images.batch
"""

import torch


def random_flip(images, probability, generator):
    flipped = torch.rand(len(images), generator=generator) < probability
    return torch.where(flipped[:, None, None, None], images.flip(2), images)
