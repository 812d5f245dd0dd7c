"""It is drawn once, and never again.

Loses: augmentation.pictures.turned
"""

import torch


ANGLE = int(torch.randint(4, (), generator=torch.Generator().manual_seed(1)))


def turned(image):
    return torch.rot90(image, ANGLE, (1, 2))
