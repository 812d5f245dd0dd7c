import torch


def dropout(x, p, training):
    if not training:
        return x
    n = x.numel()
    out = x.clone().reshape(-1) / (1 - p)
    out[torch.randperm(n)[: round(p * n)]] = 0
    return out.reshape(x.shape)
