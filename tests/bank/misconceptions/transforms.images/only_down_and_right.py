"""The images are shifted down and to the right only.

Loses: transforms.images.shift, transforms.images.batch
"""

import torch
from torch.nn.functional import pad


def random_shift(images, reach, generator):
    height, width = images.shape[2:]
    starts = torch.randint(0, reach + 1, (len(images), 2), generator=generator).tolist()
    return torch.stack([image[:, i : i + height, j : j + width] for image, (i, j) in zip(pad(images, (reach,) * 4), starts)])
