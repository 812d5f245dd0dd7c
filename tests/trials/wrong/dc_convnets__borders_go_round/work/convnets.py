import torch
from torch import nn


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes: int = 10, side: int = 32) -> None:
        super().__init__()
        blocks, width = [], 3
        for number, out in enumerate(channels):
            padding_mode = "circular" if number else "zeros"
            blocks += [nn.Conv2d(width, out, 3, padding=1, padding_mode=padding_mode), nn.ReLU(), nn.MaxPool2d(2)]
            width, side = out, side // 2
        self.blocks = nn.Sequential(*blocks)
        self.linear = nn.Linear(width * side * side, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(self.blocks(x).flatten(1))
