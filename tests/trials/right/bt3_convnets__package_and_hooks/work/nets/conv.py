import torch
import torch.nn.functional as F
from torch import nn
from .base import Net


def halved(x):
    """The largest of each 2x2."""
    return x.unflatten(-1, (-1, 2)).unflatten(-3, (-1, 2)).amax(dim=(-1, -3))


class ConvNet(Net, normalised=False):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        self.convs, self.norms = nn.ModuleList(), nn.ModuleList()
        last = 3
        for c in channels:
            self.convs.append(nn.Conv2d(last, c, 3, padding=1))
            self.norms.append(nn.BatchNorm2d(c) if self.normalised else nn.Identity())
            last = c
        self.fc = nn.Linear(last * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for conv, norm in zip(self.convs, self.norms, strict=True):
            x = halved(torch.relu(norm(F.conv2d(x, conv.weight, conv.bias, padding=1))))
        return self.fc(x.permute(0, 2, 3, 1).flatten(1))


class ConvNetBN(ConvNet, normalised=True):
    pass
