"""The hidden layer is detached from the graph: no gradient reaches the first layer.

Loses: shallow.module.gradients
Unnamed: the only check of its criterion asks one example, and its own words say what is wrong.
"""

import torch
from torch import nn


class ShallowNet(nn.Module):
    def __init__(self, inputs=3072, hidden=64, classes=10):
        super().__init__()
        self.fc1 = nn.Linear(inputs, hidden)
        self.fc2 = nn.Linear(hidden, classes)

    def forward(self, x):
        x = x.view(len(x), -1)
        return self.fc2(torch.relu(self.fc1(x)).detach())
