"""The generator is ignored: nobody can repeat what was drawn.

Loses: transforms.images.flip
Unnamed: because other numbers are drawn where the example is played again.
"""

import torch


def random_flip(images, probability, generator):
    flipped = torch.rand(len(images)) < probability
    return torch.where(flipped[:, None, None, None], images.flip(3), images)
