"""Rows and columns are moved by the same number: draw each by itself.

Loses: augmentation.pictures.moved
Unnamed: because it draws otherwise each time.
"""

import torch


def moved(image):
    step = int(torch.randint(-4, 5, ()))
    return image.roll((step, step), (1, 2))
