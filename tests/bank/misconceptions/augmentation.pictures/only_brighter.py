"""The factors only brighten: they are to be drawn from 0.7 to 1.3.

Loses: augmentation.pictures.recoloured
"""

import torch


def recoloured(image):
    return (image * torch.empty(len(image), 1, 1, dtype=image.dtype).uniform_(1.0, 1.3)).clamp(max=1)
