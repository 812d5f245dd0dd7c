import torch
from torch import nn


class Norm(nn.BatchNorm2d):
    """So that I see what it does."""

    def forward(self, x):
        if not self.training:
            return super().forward(x)
        with torch.no_grad():
            mean = x.mean(dim=(0, 2, 3))
            var = x.var(dim=(0, 2, 3), unbiased=False)
            n = x.numel() / x.size(1)
            self.running_mean.lerp_(mean, self.momentum)
            self.running_var.lerp_(var * n / (n - 1), self.momentum)
            self.num_batches_tracked += 1
        z = (x - mean[:, None, None]) / (var[:, None, None] + self.eps).sqrt()
        return z * self.weight[:, None, None] + self.bias[:, None, None]


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        layers, c = [], 3
        for k in channels:
            layers += [nn.Conv2d(c, k, 3, padding=1), Norm(k), nn.ReLU(), nn.MaxPool2d(2)]
            c = k
        self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(c * (side // 2 ** len(channels)) ** 2, classes))

    def forward(self, x):
        return self.layers(x)
