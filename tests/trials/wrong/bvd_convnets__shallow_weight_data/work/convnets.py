import torch
import torch.nn.functional as F
from torch import nn


class ShallowNet(nn.Module):
    def __init__(self, inputs=3072, hidden=64, classes=10):
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden)
        self.scores = nn.Linear(hidden, classes)

    def forward(self, x):
        x = x.view(x.shape[0], -1)
        x = F.relu(x @ self.hidden.weight.data.t() + self.hidden.bias)
        return self.scores(x)
