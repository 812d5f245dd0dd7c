from collections import OrderedDict
import torch
from torch import nn


def dropout(x: torch.Tensor, p: float, training: bool) -> torch.Tensor:
    if not training or p == 0:
        return x.clone()
    dropped = torch.rand(x.shape, device=x.device) < p
    return (x / (1 - p)).masked_fill(dropped, 0)


def block(ins: int, outs: int, norm: bool, pooling: str) -> nn.Sequential:
    match pooling:
        case "max":
            stride, pool = 1, nn.MaxPool2d(2)
        case "average":
            stride, pool = 1, nn.AvgPool2d(2)
        case "stride":
            stride, pool = 2, None
        case other:
            raise ValueError(other)
    layers = OrderedDict(conv=nn.Conv2d(ins, outs, 3, stride=stride, padding=1))
    if norm:
        layers["norm"] = nn.BatchNorm2d(outs)
    layers["relu"] = nn.ReLU()
    if pool is not None:
        layers["pool"] = pool
    return nn.Sequential(layers)


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        self.blocks = nn.Sequential(*(block(width if k else 3, width, batch_norm, pooling) for k in range(depth)))
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(width * (side // 2**depth) ** 2, 10)
        self.output = output

    def forward(self, images):
        scores = self.dense(self.drop(self.blocks(images).flatten(1)))
        match self.output:
            case "softmax":
                return scores.softmax(dim=1)
            case "sigmoid":
                return scores.sigmoid()
        return scores
