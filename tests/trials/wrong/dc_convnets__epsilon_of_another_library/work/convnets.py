import torch
from torch import nn


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes: int = 10, side: int = 32) -> None:
        super().__init__()
        self.features = nn.Sequential()
        width = 3
        for number, out in enumerate(channels):
            self.features.add_module(f"conv{number}", nn.Conv2d(width, out, 3, padding=1, bias=False))
            self.features.add_module(f"norm{number}", nn.BatchNorm2d(out, eps=1e-3))
            self.features.add_module(f"relu{number}", nn.ReLU())
            self.features.add_module(f"pool{number}", nn.MaxPool2d(2, 2))
            width, side = out, side // 2
        self.fc = nn.Linear(width * side ** 2, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(self.features(x).flatten(1))
