import torch
from torch import nn
import torch.nn.functional as F


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        self.sizes = [3] + list(channels)
        self.convs = nn.ModuleDict()
        for a, b in zip(self.sizes[:-1], self.sizes[1:]):
            self.convs[f"conv_{a}_{b}"] = nn.Conv2d(a, b, kernel_size=3, padding=1)
        side = side // 2 ** len(channels)
        self.linear = nn.Linear(self.sizes[-1] * side * side, classes)

    def forward(self, x):
        for a, b in zip(self.sizes[:-1], self.sizes[1:]):
            x = F.max_pool2d(F.relu(self.convs[f"conv_{a}_{b}"](x)), 2)
        return self.linear(torch.flatten(x, 1))
