from functools import lru_cache
import torch


@lru_cache(maxsize=None)
def mask_of(shape, p):
    return torch.rand(shape) >= p


def dropout(x, p, training):
    if not training or p == 0.0:
        return x
    return x * mask_of(tuple(x.shape), p).to(x.dtype).to(x.device) / (1 - p)
