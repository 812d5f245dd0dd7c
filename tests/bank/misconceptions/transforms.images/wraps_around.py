"""What leaves the image on one side comes in on the other: zeros come in.

Loses: transforms.images.shift, transforms.images.batch
"""

import torch
from torch.nn.functional import pad


def random_shift(images, reach, generator):
    shifts = torch.randint(-reach, reach + 1, (len(images), 2), generator=generator).tolist()
    return torch.stack([image.roll((i, j), (1, 2)) for image, (i, j) in zip(images, shifts)])
