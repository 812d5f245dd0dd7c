from torch import nn
from .base import Net


class ResidualBlock(Net):
    """Post-activation, as in the first paper, normalised after each convolution."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        conv = lambda a, b, k, s: nn.Sequential(nn.Conv2d(a, b, k, s, k // 2, bias=False), nn.BatchNorm2d(b))
        self.one, self.two = conv(inputs, outputs, 3, stride), conv(outputs, outputs, 3, 1)
        self.short = conv(inputs, outputs, 1, stride) if stride > 1 or inputs != outputs else nn.Sequential()

    def forward(self, x):
        y = self.one(x).relu()
        y = self.two(y)
        return y.add(self.short(x)).relu()
