
import torch


def turned(image):
    return torch.rot90(image, int(torch.randint(0, 4, (1,))), (1, 2)).clone()


def moved(image):
    rows, columns = torch.randint(-4, 5, (2,)).tolist()
    return torch.roll(image, (rows, columns), (1, 2))


def recoloured(image):
    factors = 0.7 + 0.6 * torch.rand(3, 1, 1, dtype=image.dtype)
    return (image * factors).clamp(max=1)
