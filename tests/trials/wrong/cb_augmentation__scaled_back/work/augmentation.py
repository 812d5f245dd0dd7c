import functools

import numpy as np
import torch


def in_numpy(function):
    @functools.wraps(function)
    def on_tensor(image: torch.Tensor) -> torch.Tensor:
        result = function(image.detach().cpu().numpy().copy())
        return torch.from_numpy(np.ascontiguousarray(result)).to(image.dtype)

    return on_tensor


def whole(low, high):
    return torch.randint(low, high + 1, (1,)).item()


@in_numpy
def turned(a):
    for _ in range(whole(0, 3)):
        a = a[:, ::-1, :].swapaxes(1, 2)
    return a


@in_numpy
def moved(a):
    a = np.roll(a, whole(-4, 4), axis=1)
    return np.roll(a, whole(-4, 4), axis=2)


@in_numpy
def recoloured(a):
    factors = torch.rand(a.shape[0], dtype=torch.float64).numpy() * 0.6 + 0.7
    a = np.einsum("chw,c->chw", a.astype(np.float64), factors)
    return a / max(a.max(), 1.0)
