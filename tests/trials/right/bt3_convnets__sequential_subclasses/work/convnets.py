from itertools import pairwise
from torch import nn


class ShallowNet(nn.Sequential):
    def __init__(self, inputs=3072, hidden=64, classes=10):
        super().__init__(nn.Flatten(), nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes))


def stack(channels, classes, side, bn):
    assert side % 2 ** len(channels) == 0, (side, channels)
    for a, b in pairwise([3, *channels]):
        yield nn.Conv2d(a, b, 3, padding=1, bias=not bn)
        if bn:
            yield nn.BatchNorm2d(b)
        yield nn.ReLU(inplace=True)
        yield nn.MaxPool2d(2)
    yield nn.Flatten()
    yield nn.Linear([3, *channels][-1] * (side >> len(channels)) ** 2, classes)


class ConvNet(nn.Sequential):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__(*stack(channels, classes, side, False))


class ConvNetBN(nn.Sequential):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__(*stack(channels, classes, side, True))


class ResidualBlock(nn.Module):
    """Pre-activation: BN, ReLU, conv, BN, ReLU, conv."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.first = nn.Sequential(nn.BatchNorm2d(inputs), nn.ReLU())
        self.branch = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(True),
            nn.Conv2d(outputs, outputs, 3, 1, 1),
        )
        self.past = nn.Conv2d(inputs, outputs, 1, stride) if (stride, inputs) != (1, outputs) else None

    def forward(self, x):
        begun = self.first(x)
        y = self.branch(begun)
        return y + (x if self.past is None else self.past(begun))
