import torch


def _whole(low, high):
    return torch.randint(low, high + 1, ()).item()


def turned(image, quarters=_whole(1, 3)):
    return torch.rot90(image, quarters, dims=(1, 2))


def moved(image):
    return image.roll((_whole(-4, 4), _whole(-4, 4)), (-2, -1))


def recoloured(image):
    factors = torch.empty(len(image), 1, 1, dtype=image.dtype).uniform_(0.7, 1.3)
    return (image * factors).clamp(max=1)
