"""Transposed and flipped, padded and cut out, channel by channel."""

import torch


def turned(image):
    quarter = torch.randint(0, 4, (1,)).item()
    for _ in range(quarter):
        image = image.transpose(1, 2).flip(1)
    return image


def moved(image):
    dy, dx = torch.randint(9, (1,)).item() - 4, torch.randint(9, (1,)).item() - 4
    return torch.roll(torch.roll(image, dy, dims=1), dx, dims=2)


def recoloured(image):
    image = image.clone()
    for channel in image:
        channel *= 0.7 + 0.6 * torch.rand(1).item()
    return torch.minimum(image, torch.ones_like(image))
