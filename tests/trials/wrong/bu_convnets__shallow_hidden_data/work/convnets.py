import torch
from torch import nn


class ShallowNet(nn.Module):
    def __init__(self, inputs=3072, hidden=64, classes=10):
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden)
        self.relu = nn.ReLU()
        self.output = nn.Linear(hidden, classes)

    def forward(self, x):
        h = self.relu(self.hidden(torch.flatten(x, 1)))
        return self.output(h.data)
