"""Numbers come to be more than 1.

Loses: augmentation.pictures.recoloured
Unnamed: because it draws otherwise each time.
"""

import torch


def recoloured(image):
    return image * torch.empty(len(image), 1, 1).uniform_(0.7, 1.3)
