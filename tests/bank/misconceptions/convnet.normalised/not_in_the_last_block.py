"""The last block is not normalised.

Loses: convnet.normalised.evaluation, convnet.normalised.training, convnet.normalised.gradients
"""

import torch
from torch import nn


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        layers, i = [], 3
        for o in channels:
            layers += [nn.Conv2d(i, o, 3, padding=1), *([nn.BatchNorm2d(o)] if o != channels[-1] else []), nn.ReLU(), nn.MaxPool2d(2)]
            i = o
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(i * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, x):
        return self.fc(self.features(x).flatten(1))
