"""Factors are of double precision, and so is the result: it keeps the image's dtype.

Loses: augmentation.pictures.recoloured
Unnamed: factors are drawn at random for each call; the check's own words say which dtype came.
"""

import torch


def recoloured(image):
    return (image * torch.empty(len(image), 1, 1, dtype=torch.float64).uniform_(0.7, 1.3)).clamp(max=1)
