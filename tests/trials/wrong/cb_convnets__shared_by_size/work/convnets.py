from collections import OrderedDict
from itertools import pairwise

import torch
from torch import nn


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        blocks, made = OrderedDict(), {}
        for number, (a, b) in enumerate(pairwise((3, *channels)), 1):
            blocks[f"conv{number}"] = made.setdefault((a, b), nn.Conv2d(a, b, kernel_size=3, padding=1))
            blocks[f"relu{number}"] = nn.ReLU()
            blocks[f"pool{number}"] = nn.MaxPool2d(2)
        self.features = nn.Sequential(blocks)
        last = side // 2 ** len(channels)
        self.classifier = nn.Linear((3, *channels)[-1] * last * last, classes)

    def forward(self, x):
        x = self.features(x)
        return self.classifier(torch.flatten(x, 1))
