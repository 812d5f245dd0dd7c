import torch


def dropout(x, p, training):
    if not training or p == 0:
        return x.clone()
    keep = torch.ones(x.numel(), dtype=torch.bool)
    keep[torch.randperm(x.numel())[: round(p * x.numel())]] = False
    keep = keep.reshape(x.shape)
    return torch.where(keep, x / (1 - p), torch.zeros_like(x))
