
import numpy as np
import torch


def turned(image):
    return torch.rot90(image, int(torch.randint(0, 4, (1,))), (1, 2)).clone()


def moved(image):
    rows, columns = np.random.randint(-4, 5, size=2)
    return torch.roll(image, (int(rows), int(columns)), (1, 2))


def recoloured(image):
    factors = 0.7 + 0.6 * torch.rand(image.shape[0], 1, 1, dtype=image.dtype)
    return (image * factors).clamp(max=1)
