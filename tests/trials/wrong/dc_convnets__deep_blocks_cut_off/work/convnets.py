import torch
from torch import nn


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes: int = 10, side: int = 32) -> None:
        super().__init__()
        widths = [3, *channels]
        self.convs = nn.ModuleList([nn.Conv2d(a, b, 3, padding=1) for a, b in zip(widths, widths[1:])])
        self.fc = nn.Linear(widths[-1] * (side >> len(channels)) ** 2, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        first, deeper = self.convs[:3], self.convs[3:]
        x = self.run(x, first)
        if len(deeper) > 0:
            x = self.run(x.data, deeper)
        return self.fc(x.flatten(1))

    def run(self, x, convs):
        for conv in convs:
            x = nn.functional.max_pool2d(conv(x).relu(), 2)
        return x
