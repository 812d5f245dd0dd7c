
import torch


def dropout(x: torch.Tensor, p: float, training: bool) -> torch.Tensor:
    if not training:
        return x
    keep = 1.0 - p
    mask = torch.empty_like(x, requires_grad=False).bernoulli_(keep).div_(keep)
    return x * mask
