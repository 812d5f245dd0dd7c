"""The image is moved to one side only.

Loses: augmentation.pictures.moved
Unnamed: because it draws otherwise each time.
"""

import torch


def moved(image):
    return image.roll(torch.randint(0, 5, (2,)).tolist(), (1, 2))
