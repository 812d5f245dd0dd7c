"""Half of the images are flipped, whatever probability is asked for.

Loses: transforms.images.flip
"""

import torch


def random_flip(images, probability, generator):
    flipped = torch.rand(len(images), generator=generator) < 0.5
    return torch.where(flipped[:, None, None, None], images.flip(3), images)
