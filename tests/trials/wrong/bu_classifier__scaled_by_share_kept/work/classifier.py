import torch


def dropout(x, p, training):
    if not training or p == 0:
        return x
    kept = (torch.rand_like(x) >= p).to(x.dtype)
    share = kept.mean().clamp(min=1e-12)
    return x * kept / share
