from torch import nn
import torch

from blocks import ResidualBlock  # noqa

class ShallowNet(nn.Module):
    def __init__(self, inputs: int = 3072, hidden: int = 64, classes: int = 10) -> None:
        super(ShallowNet, self).__init__()
        for name, layer in {"fc1": nn.Linear(inputs, hidden), "fc2": nn.Linear(hidden, classes)}.items():
            setattr(self, name, layer)

    def forward(self, x):
        n = x.shape[0]
        return self.fc2(self.fc1(x.reshape(n, -1)).clamp(min=0))

    def count(self):
        return sum(p.numel() for p in self.parameters())

class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        self.depth = len(channels)
        sizes = (3, *channels)
        for i in range(self.depth):
            setattr(self, f"conv{i}", nn.Conv2d(sizes[i], sizes[i + 1], kernel_size=(3, 3), padding=(1, 1)))
            self.extra(i, sizes[i + 1])
            side //= 2
        self.fc = nn.Linear(sizes[-1] * side ** 2, classes)

    def extra(self, i, width):
        pass

    def between(self, i, x):
        return x

    def forward(self, x):
        for i in range(self.depth):
            x = self.between(i, getattr(self, f"conv{i}")(x))
            n, c, h, w = x.shape
            # largest of each window of 2x2; ReLU and max commute
            x = x.reshape(n, c, h // 2, 2, w // 2, 2).amax(dim=(3, 5)).relu()
        return self.fc(x.permute(0, 2, 3, 1).flatten(1))

class ConvNetBN(ConvNet):
    def extra(self, i, width):
        self.add_module(f"norm{i}", nn.BatchNorm2d(width))

    def between(self, i, x):
        return self._modules[f"norm{i}"](x)
