import torch


def dropout(x, p, training):
    x = x.float()
    if not training:
        return x
    mask = torch.empty(x.shape).uniform_() > p
    return mask * x / (1 - p)
