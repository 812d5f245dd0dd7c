"""The features are detached from the graph: no gradient reaches the convolutions.

Loses: convnet.model.gradients
Unnamed: the only check of its criterion asks one example, and its own words say what is wrong.
"""

import torch
from torch import nn


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        layers, i = [], 3
        for o in channels:
            layers += [nn.Conv2d(i, o, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
            i = o
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(i * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, x):
        return self.fc(self.features(x).detach().flatten(1))
