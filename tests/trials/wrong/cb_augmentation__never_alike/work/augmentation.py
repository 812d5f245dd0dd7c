import torch


def _draw(low, high):
    return int(torch.randint(low, high + 1, ()))


def turned(image):
    return torch.rot90(image, _draw(0, 3), (1, 2))


def moved(image):
    rows, columns = _draw(-4, 4), _draw(-4, 4)
    while rows == columns:
        columns = _draw(-4, 4)
    return image.roll((rows, columns), (1, 2))


def recoloured(image):
    factors = 0.7 + 0.6 * torch.rand(len(image), 1, 1, dtype=image.dtype)
    return (image * factors).clamp(max=1)
