"""The linear layer takes the channels of each place side by side."""

from torch import nn


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        blocks, before = [], 3
        for width in channels:
            blocks += [nn.Conv2d(before, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU(), nn.MaxPool2d(2)]
            before = width
        self.blocks = nn.Sequential(*blocks)
        self.fc = nn.Linear(before * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, images):
        return self.fc(self.blocks(images).movedim(1, -1).flatten(1))
