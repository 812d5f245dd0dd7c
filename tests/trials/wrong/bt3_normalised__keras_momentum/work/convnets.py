import torch
from torch import nn
from functools import partial

Norm = partial(nn.BatchNorm2d, eps=1e-3, momentum=0.99)


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        c, body = 3, nn.Sequential()
        for i, k in enumerate(channels):
            body.add_module(f"conv{i}", nn.Conv2d(c, k, 3, padding=1, bias=False))
            body.add_module(f"norm{i}", Norm(k))
            body.add_module(f"relu{i}", nn.ReLU(inplace=True))
            body.add_module(f"pool{i}", nn.MaxPool2d(2))
            c, side = k, side // 2
        self.body, self.fc = body, nn.Linear(c * side * side, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(self.body(x).flatten(1))
