import torch
import torch.nn as nn
import torch.nn.functional as F


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        self.convs = nn.ModuleList()
        self.norms = nn.ModuleList()
        before = 3
        for c in channels:
            self.convs.append(nn.Conv2d(before, c, 3, 1, 1, bias=False))
            self.norms.append(nn.BatchNorm2d(c))
            before = c
            side //= 2
        self.fc = nn.Linear(before * side * side, classes)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = F.max_pool2d(torch.relu(norm(conv(x))), 2, 2)
        return self.fc(x.reshape(x.shape[0], -1))
