"""Channels are moved too; only rows and columns may be.

Loses: augmentation.pictures.moved
Unnamed: because it draws otherwise each time.
"""

import torch


def moved(image):
    return image.roll(torch.randint(-4, 5, (2,)).tolist(), (0, 1))
