"""The random numbers are Python's, which torch.manual_seed does not set: draw PyTorch's.

Loses: augmentation.pictures.turned
Unnamed: because other numbers are drawn where the example is played again.
"""

import random

import torch


def turned(image):
    return torch.rot90(image, random.randrange(4), (1, 2))
