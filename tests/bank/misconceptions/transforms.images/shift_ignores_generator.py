"""Distances are PyTorch's global random numbers: draw them from the generator that is given.

Loses: transforms.images.shift
Unnamed: because other numbers are drawn where the example is played again.
"""

import torch
from torch.nn.functional import pad


def random_shift(images, reach, generator):
    n, _, height, width = images.shape
    padded = pad(images, (reach, reach, reach, reach))
    starts = torch.randint(0, 2 * reach + 1, (n, 2)).tolist()
    return torch.stack([padded[k, :, i : i + height, j : j + width] for k, (i, j) in enumerate(starts)])
