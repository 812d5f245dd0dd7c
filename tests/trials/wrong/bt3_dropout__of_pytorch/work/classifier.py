import torch


def dropout(x: torch.Tensor, p: float, training: bool) -> torch.Tensor:
    assert 0 <= p < 1
    return torch.dropout(x, p, train=training)
