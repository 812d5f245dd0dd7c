
import torch


def dropout(x, p, training):
    if not training or p == 0:
        return x
    x[torch.rand(x.shape) < p] = 0
    return x / (1 - p)
