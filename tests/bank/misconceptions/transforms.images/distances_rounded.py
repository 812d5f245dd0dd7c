"""Distances are rounded from numbers between -reach and reach, so that the two farthest come half as often.

Loses: transforms.images.shift
"""

import torch
from torch.nn.functional import pad


def random_shift(images, reach, generator):
    n, _, height, width = images.shape
    padded = pad(images, (reach, reach, reach, reach))
    starts = (torch.rand((n, 2), generator=generator) * 2 * reach).round().long().tolist()
    return torch.stack([padded[k, :, i : i + height, j : j + width] for k, (i, j) in enumerate(starts)])
