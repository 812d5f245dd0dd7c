import numpy as np
import torch


def dropout(x, p, training):
    if not training:
        return x
    mask = torch.from_numpy(np.random.binomial(1, 1 - p, size=tuple(x.shape))).to(x.dtype)
    return x * mask / (1 - p)
