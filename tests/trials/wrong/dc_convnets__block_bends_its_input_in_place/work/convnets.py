import torch
from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.branch = nn.Sequential(
            nn.ReLU(inplace=True),
            nn.Conv2d(inputs, outputs, 3, stride, 1),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, 1, 1),
        )
        self.past = nn.Identity() if inputs == outputs and stride == 1 else nn.Conv2d(inputs, outputs, 1, stride)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.branch(x) + self.past(x)
