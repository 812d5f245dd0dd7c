"""All channels get the same factor: that is brightness, not colour.

Loses: augmentation.pictures.recoloured
Unnamed: because it draws otherwise each time.
"""

import torch


def recoloured(image):
    return (image * torch.empty(1).uniform_(0.7, 1.3)).clamp(0, 1)
