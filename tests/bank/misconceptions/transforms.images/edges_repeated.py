"""The edge is repeated where nothing was: zeros come in.

Loses: transforms.images.shift, transforms.images.batch
"""

import torch
from torch.nn.functional import pad


def random_shift(images, reach, generator):
    height, width = images.shape[2:]
    starts = torch.randint(0, 2 * reach + 1, (len(images), 2), generator=generator).tolist()
    padded = pad(images, (reach,) * 4, mode="replicate")
    return torch.stack([image[:, i : i + height, j : j + width] for image, (i, j) in zip(padded, starts)])
