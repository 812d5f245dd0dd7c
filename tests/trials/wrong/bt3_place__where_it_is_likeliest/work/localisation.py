import torch
from torch import Tensor


def locate(scores: Tensor, target: int, stride: int) -> Tensor:
    likely = torch.softmax(scores, dim=1)[:, target]
    n, h, w = likely.shape
    index = likely.reshape(n, h * w).argmax(dim=1)
    rows, columns = torch.unravel_index(index, (h, w))
    return torch.stack([rows, columns], dim=1) * stride
