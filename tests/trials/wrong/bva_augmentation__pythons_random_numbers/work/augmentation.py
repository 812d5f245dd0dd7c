import random

import torch


def turned(image):
    return torch.rot90(image, random.choice([0, 1, 2, 3]), (1, 2))


def moved(image):
    rows, columns = torch.randint(-4, 5, (2,)).tolist()
    return torch.roll(image, (rows, columns), (1, 2))


def recoloured(image):
    factors = 0.7 + 0.6 * torch.rand(image.shape[0], 1, 1, dtype=image.dtype)
    return (image * factors).clamp(max=1)
