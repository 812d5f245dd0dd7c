import torch


def dropout(x, p, training):
    if not training or p == 0.0:
        return x
    keep = (torch.rand(x.shape) >= p).float()
    return x * keep / (1.0 - p)
