import torch


def dropout(x, p, training):
    if not training or p == 0:
        return x.clone()
    mask = (torch.rand(x.shape) >= p).float()
    return x * mask / (1 - p)
