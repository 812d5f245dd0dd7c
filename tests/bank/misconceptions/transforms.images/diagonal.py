"""One distance is drawn for both directions, so that images move along the diagonal: draw one for each.

Loses: transforms.images.shift
"""

import torch
from torch.nn.functional import pad


def random_shift(images, reach, generator):
    n, _, height, width = images.shape
    padded = pad(images, (reach, reach, reach, reach))
    starts = torch.randint(0, 2 * reach + 1, (n,), generator=generator).tolist()
    return torch.stack([padded[k, :, i : i + height, i : i + width] for k, i in enumerate(starts)])
