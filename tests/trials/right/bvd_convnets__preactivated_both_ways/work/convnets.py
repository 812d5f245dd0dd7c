import torch
from torch import nn


class ResidualBlock(nn.Module):
    """Pre-activation as in the second paper: where the shape changes, both ways begin with the same BN and ReLU."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        changes = (inputs, 1) != (outputs, stride)
        self.project = nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False) if changes else None

    def forward(self, x):
        begun = torch.relu(self.norm1(x))
        branch = self.conv2(torch.relu(self.norm2(self.conv1(begun))))
        past = x if self.project is None else self.project(begun)
        return torch.add(past, branch)
