import functools
from torch import nn


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()

        @functools.cache
        def convolution(a, b):
            return nn.Conv2d(a, b, kernel_size=3, stride=1, padding=1)

        sizes = [3, *channels]
        blocks = [nn.Sequential(convolution(a, b), nn.ReLU(), nn.MaxPool2d(2)) for a, b in zip(sizes, sizes[1:])]
        self.blocks = nn.Sequential(*blocks)
        self.fc = nn.Linear(sizes[-1] * (side // 2 ** len(blocks)) ** 2, classes)

    def forward(self, x):
        return self.fc(self.blocks(x).flatten(1))
