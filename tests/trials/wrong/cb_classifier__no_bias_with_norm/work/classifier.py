import torch
from torch import nn

from pooling_ways import Pooling


def dropout(x, p, training):
    if training and p > 0:
        mask = torch.rand_like(x, dtype=torch.float64) < 1 - p
        y = torch.zeros_like(x)
        y[mask] = x[mask] / (1 - p)
        return y
    return x


class Block(nn.Module):
    def __init__(self, before, width, batch_norm, pooling):
        super().__init__()
        self.pool = Pooling.ways[pooling]()
        self.conv = nn.Conv2d(before, width, 3, self.pool.stride, 1, bias=not batch_norm)
        self.norm = nn.BatchNorm2d(width) if batch_norm else None

    def forward(self, x):
        x = self.conv(x)
        x = x if self.norm is None else self.norm(x)
        return self.pool(torch.relu(x))


class Classifier(nn.Module):
    def __init__(
        self, depth: int = 2, width: int = 16, batch_norm: bool = False, dropout: float = 0.0,
        pooling: str = "max", output: str = "none", side: int = 32,
    ) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(Block((3, width)[k > 0], width, batch_norm, pooling) for k in range(depth))
        self.p, self.kind = dropout, output
        self.dense = nn.Linear(width * (side >> depth) ** 2, 10)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        x = images
        for block in self.blocks:
            x = block(x)
        x = dropout(x.reshape(x.size(0), -1), self.p, self.training)
        scores = self.dense(x)
        return {"none": lambda s: s, "softmax": lambda s: s.softmax(-1), "sigmoid": torch.sigmoid}[self.kind](scores)
