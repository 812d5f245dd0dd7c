"""Layers in a ModuleList with forward written out, nn.Dropout, functions for pooling."""

import torch
from torch import nn
from torch.nn import functional


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        self.convs, self.norms = nn.ModuleList(), nn.ModuleList()
        for k in range(depth):
            self.convs.append(nn.Conv2d(width if k else 3, width, 3, padding=1, stride=1 + (pooling == "stride")))
            self.norms.append(nn.BatchNorm2d(width) if batch_norm else nn.Identity())
        self.pool = {"max": functional.max_pool2d, "average": functional.avg_pool2d}.get(pooling)
        self.drop = nn.Dropout(dropout)
        self.fc = nn.Linear(width * (side >> depth) ** 2, 10)
        self.last = {"none": nn.Identity(), "softmax": nn.Softmax(1), "sigmoid": nn.Sigmoid()}[output]

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = torch.relu(norm(conv(x)))
            if self.pool:
                x = self.pool(x, 2)
        return self.last(self.fc(self.drop(torch.flatten(x, 1))))
