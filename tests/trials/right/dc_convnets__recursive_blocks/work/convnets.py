import torch
from torch import nn


class _Dense(nn.Module):
    def __init__(self, width, side, classes):
        super().__init__()
        self.scores = nn.Linear(side * side * width, classes)

    def forward(self, x):
        return self.scores(x.permute(0, 2, 3, 1).flatten(1))


class _Nested(nn.Module):
    """One block, and all that comes after it."""

    def __init__(self, width, channels, classes, side, normalised):
        super().__init__()
        first, *others = channels
        self.conv = nn.Conv2d(width, first, kernel_size=(3, 3), padding="same", bias=not normalised)
        if normalised:
            self.norm = nn.BatchNorm2d(first)
        self.rest = _after(first, others, classes, side // 2, normalised)

    def forward(self, x):
        x = self.conv(x)
        if hasattr(self, "norm"):
            x = self.norm(x)
        for axis in (2, 3):
            x = x.unflatten(axis, (-1, 2)).max(dim=axis + 1).values
        return self.rest(torch.relu(x))


def _after(width, channels, classes, side, normalised):
    if len(channels) == 0:
        return _Dense(width, side, classes)
    return _Nested(width, channels, classes, side, normalised)


def _network(name, normalised):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        nn.Module.__init__(self)
        self.net = _after(3, list(channels), classes, side, normalised)

    return type(name, (nn.Module,), {"__init__": __init__, "forward": lambda self, x: self.net(x)})


ConvNet = _network("ConvNet", False)
ConvNetBN = _network("ConvNetBN", True)
