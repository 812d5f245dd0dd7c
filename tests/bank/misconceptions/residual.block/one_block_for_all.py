"""The blocks after the first are left out.

Loses: residual.block.network
"""

from torch import nn


class ResidualNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10):
        super().__init__()
        self.stem = nn.Conv2d(3, channels[0], 3, padding=1)
        self.block = ResidualBlock(channels[0], channels[0])
        self.scores = nn.Linear(channels[0], classes)

    def forward(self, x):
        return self.scores(self.block(self.stem(x)).mean(dim=(2, 3)))
