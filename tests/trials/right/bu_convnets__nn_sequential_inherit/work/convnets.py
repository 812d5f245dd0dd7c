from typing import Sequence
import torch
from torch import Tensor, nn


class ConvNet(nn.Module):
    def __init__(self, channels: Sequence[int] = (16, 32, 64), classes: int = 10, side: int = 32) -> None:
        super().__init__()
        widths = [3, *channels]
        self.body = nn.Sequential(*(self.block(i, o) for i, o in zip(widths, widths[1:])))
        small = side >> len(channels)
        self.classify = nn.Linear(widths[-1] * small * small, classes)
        self.apply(self._initialise)

    @staticmethod
    def _initialise(m):
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(m.weight)
            if m.bias is not None:
                nn.init.zeros_(m.bias)

    def block(self, i: int, o: int) -> nn.Sequential:
        return nn.Sequential(nn.Conv2d(i, o, kernel_size=3, stride=1, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2, 2))

    def forward(self, x: Tensor) -> Tensor:
        features = self.body(x)
        return self.classify(torch.flatten(features, start_dim=1))

    def __repr__(self):
        return f"<{type(self).__name__} with {sum(p.numel() for p in self.parameters())} parameters>"


class ConvNetBN(ConvNet):
    def block(self, i, o):
        conv, relu, pool = super().block(i, o)
        return nn.Sequential(conv, nn.BatchNorm2d(o), relu, pool)
