
import torch
from torch.distributions import Uniform


def turned(image):
    swap, first, second = {0: (0, 0, 0), 1: (1, 1, 0), 2: (0, 1, 1), 3: (1, 0, 1)}[torch.randint(4, ()).item()]
    new = image.mT if swap else image
    axes = [axis for axis, wanted in ((1, first), (2, second)) if wanted]
    return new.flip(axes).contiguous()


def moved(image):
    for axis in (1, 2):
        size = image.shape[axis]
        by = torch.randint(-4, 5, (1,))
        image = image.index_select(axis, torch.remainder(torch.arange(size) - by, size))
    return image


def recoloured(image):
    factors = Uniform(0.7, 1.3).sample(image.shape[:1]).to(image.dtype)
    return torch.minimum(torch.einsum("chw,c->chw", image, factors), torch.ones_like(image))
