import torch
from torch import nn


def dropout(x: torch.Tensor, p: float, training: bool) -> torch.Tensor:
    if not training or p == 0:
        return x.clone()
    kept = torch.rand(x.shape[1:] if x.dim() > 2 else x.shape) >= p
    return torch.where(kept, x / (1 - p), torch.zeros_like(x))
