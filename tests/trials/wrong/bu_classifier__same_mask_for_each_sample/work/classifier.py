import torch


def dropout(x, p, training):
    if not training:
        return x
    keep = torch.rand(x.shape[1:]) >= p          # broadcast over the batch
    return torch.where(keep, x / (1 - p), torch.zeros_like(x))
