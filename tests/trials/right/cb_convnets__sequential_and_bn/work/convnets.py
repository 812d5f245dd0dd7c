from collections import OrderedDict
from itertools import pairwise

import torch
from torch import nn


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        blocks = OrderedDict()
        for number, (a, b) in enumerate(pairwise((3, *channels)), 1):
            for kind, layer in self.block(a, b):
                blocks[f"{kind}{number}"] = layer
        self.features = nn.Sequential(blocks)
        last = side // 2 ** len(channels)
        self.classifier = nn.Linear((3, *channels)[-1] * last * last, classes)

    def block(self, a, b):
        yield "conv", nn.Conv2d(a, b, kernel_size=3, padding=1)
        yield from self.between(b)
        yield "relu", nn.ReLU(inplace=True)
        yield "pool", nn.MaxPool2d(2)

    def between(self, b):
        return ()

    def forward(self, x):
        x = self.features(x)
        return self.classifier(torch.flatten(x, 1))


class ConvNetBN(ConvNet):
    def between(self, b):
        yield "norm", nn.BatchNorm2d(b)
