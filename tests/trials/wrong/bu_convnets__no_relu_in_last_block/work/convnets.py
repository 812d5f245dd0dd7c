import torch
from torch import nn


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        layers = []
        before = 3
        for i, c in enumerate(channels):
            layers += [nn.Conv2d(before, c, 3, padding=1)]
            if i < len(channels) - 1:
                layers += [nn.ReLU()]
            layers += [nn.MaxPool2d(2)]
            before = c
            side //= 2
        self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(before * side * side, classes))

    def forward(self, x):
        return self.layers(x)
