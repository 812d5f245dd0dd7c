from functools import partial, reduce
import torch
from torch import Tensor


def random_flip(images: Tensor, probability: float, generator: torch.Generator) -> Tensor:
    n, _, _, w = images.shape
    yes = torch.rand(n, generator=generator, dtype=torch.float64) < probability
    columns = torch.arange(w).expand(n, w)
    columns = torch.where(yes[:, None], w - 1 - columns, columns)
    return images.gather(3, columns[:, None, None].expand(images.shape))


def random_shift(images: Tensor, reach: int, generator: torch.Generator) -> Tensor:
    n, c, h, w = images.shape
    by = torch.randint(2 * reach + 1, (2, n, 1), generator=generator) - reach
    r, q = torch.arange(h) - by[0], torch.arange(w) - by[1]
    there = ((r >= 0) & (r < h))[:, :, None] & ((q >= 0) & (q < w))[:, None, :]
    moved = images[torch.arange(n)[:, None, None], :, r.clamp(0, h - 1)[:, :, None], q.clamp(0, w - 1)[:, None, :]]
    moved = moved.movedim(-1, 1)
    return torch.where(there[:, None], moved, torch.zeros((), dtype=images.dtype))


def batch_of(images, classes, training, generator):
    steps = (partial(random_shift, reach=2), partial(random_flip, probability=0.5)) if training else ()
    return reduce(lambda x, f: f(x, generator=generator), steps, images), classes
