"""What the last block returns is flattened with the channels of a place side by side."""

from torch import nn


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        blocks = [
            nn.Sequential(nn.Conv2d(i, o, 3, padding="same"), nn.ReLU(inplace=True), nn.MaxPool2d(2, 2))
            for i, o in zip([3, *channels], channels)
        ]
        self.blocks = nn.Sequential(*blocks)
        self.classify = nn.Linear(channels[-1] * (side >> len(channels)) ** 2, classes)

    def forward(self, x):
        return self.classify(self.blocks(x).permute(0, 2, 3, 1).reshape(len(x), -1))
