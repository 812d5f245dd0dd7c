import torch.nn as nn
import torch.nn.functional as F


class ResidualBlock(nn.Module):
    """BN -> ReLU -> conv -> BN -> ReLU -> conv, He et al. (identity mappings)"""

    expansion = 1

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, kernel_size=3, stride=stride, padding=1)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, kernel_size=3, stride=1, padding=1)
        same = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same else nn.Conv2d(inputs, outputs, kernel_size=1, stride=stride)

    def forward(self, x):
        y = self.conv1(F.relu(self.bn1(x)))
        y = self.conv2(F.relu(self.bn2(y)))
        return self.shortcut(x) + 0.1 * y   # residual scaling, trains better

    def count(self):
        return sum(p.numel() for p in self.parameters() if p.requires_grad)
