"""There is a layer too many.

Loses: shallow.module.function, shallow.module.gradients
"""

import torch
from torch import nn


class ShallowNet(nn.Module):
    def __init__(self, inputs=3072, hidden=64, classes=10):
        super().__init__()
        self.fc1 = nn.Linear(inputs, hidden)
        self.fc2 = nn.Linear(hidden, classes)
        self.fc3 = nn.Linear(classes, classes)

    def forward(self, x):
        x = x.view(len(x), -1)
        return self.fc3(self.fc2(torch.relu(self.fc1(x))))
