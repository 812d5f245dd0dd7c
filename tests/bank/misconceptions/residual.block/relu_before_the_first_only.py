"""There is a ReLU before the first convolution, but none between the two, so that they are one linear function.

Loses: residual.block.branch
"""

import torch
from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, padding=1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.skip = nn.Conv2d(inputs, outputs, 1, stride) if inputs != outputs or stride != 1 else None
        self.bn1 = nn.BatchNorm2d(inputs)
        self.bn2 = nn.BatchNorm2d(outputs)

    def forward(self, x):
        y = self.conv2(self.bn2(self.conv1(torch.relu(self.bn1(x)))))
        return y + (x if self.skip is None else self.skip(x))
