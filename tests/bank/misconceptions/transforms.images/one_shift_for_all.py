"""All images are shifted alike: each is by itself.

Loses: transforms.images.shift, transforms.images.batch
"""

import torch
from torch.nn.functional import pad


def random_shift(images, reach, generator):
    height, width = images.shape[2:]
    i, j = torch.randint(0, 2 * reach + 1, (2,), generator=generator).tolist()
    return pad(images, (reach,) * 4)[:, :, i : i + height, j : j + width]
