from functools import reduce

import torch
from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.parts = nn.ModuleList([
            nn.ReLU(),
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outputs, track_running_stats=False),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, 1, 1),
        ])
        if (inputs, stride) != (outputs, 1):
            self.add_module("projection", nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)))

    def forward(self, x):
        past = getattr(self, "projection", lambda t: t)
        return torch.add(reduce(lambda value, part: part(value), self.parts, x), past(x))
