import torch
from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)
        self.past = nn.Identity()
        if inputs != outputs or stride != 1:
            self.past = nn.Conv2d(inputs, outputs, 1, stride=stride)

    def forward(self, x):
        branch = self.conv1(self.relu(x))
        branch = self.conv2(self.relu(branch))
        return branch + self.past(x)
