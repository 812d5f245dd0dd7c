"""Images are mirrored, not turned.

Loses: augmentation.pictures.turned
Unnamed: because it draws otherwise each time.
"""

import torch


def turned(image):
    return image.flip(1) if torch.rand(()) < 0.5 else image.flip(2)
