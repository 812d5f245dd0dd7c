import torch
from torch import nn
from torch.nn.functional import relu


class ResidualBlock(nn.Module):
    """Post-activation, with batch normalisation after both convolutions."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(outputs)
        same = inputs == outputs and stride == 1
        self.way = nn.Identity() if same else nn.Conv2d(inputs, outputs, 1, stride=stride)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        branch = relu(self.bn1(self.conv1(relu(x))))
        branch = self.bn2(self.conv2(branch))
        return relu(self.way(x) + branch)
