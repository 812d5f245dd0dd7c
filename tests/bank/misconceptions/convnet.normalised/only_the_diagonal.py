"""Mean and variance are computed without gradients: they depend on each pixel of the batch, and so must the gradient.

Loses: convnet.normalised.gradients
Unnamed: the only check of its criterion asks one example.
"""

import torch
from torch import nn


class ByHand(nn.BatchNorm2d):
    def forward(self, x):
        if not self.training:
            return super().forward(x)
        count = x.numel() // x.shape[1]
        with torch.no_grad():
            mean, variance = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
            self.running_mean += self.momentum * (mean - self.running_mean)
            self.running_var += self.momentum * (variance * count / (count - 1) - self.running_var)
        normalised = (x - mean[:, None, None]) / torch.sqrt(variance[:, None, None] + self.eps)
        return normalised * self.weight[:, None, None] + self.bias[:, None, None]


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        layers, i = [], 3
        for o in channels:
            layers += [nn.Conv2d(i, o, 3, padding=1), ByHand(o), nn.ReLU(), nn.MaxPool2d(2)]
            i = o
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(i * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, x):
        return self.fc(self.features(x).flatten(1))
