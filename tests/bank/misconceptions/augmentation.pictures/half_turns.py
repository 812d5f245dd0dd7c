"""Only half turns are drawn.

Loses: augmentation.pictures.turned
Unnamed: because it draws otherwise each time.
"""

import torch


def turned(image):
    return torch.rot90(image, 2 * int(torch.randint(2, ())), (1, 2))
