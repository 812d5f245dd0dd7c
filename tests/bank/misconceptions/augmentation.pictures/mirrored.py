"""Images are mirrored, not turned.

Loses: augmentation.pictures.turned
"""

import torch


def turned(image):
    return image.flip(1) if torch.rand(()) < 0.5 else image.flip(2)
