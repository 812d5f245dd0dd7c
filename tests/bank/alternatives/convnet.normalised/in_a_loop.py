"""Layers made apart, all convolutions first; one forward for both."""

from torch import nn
from torch.nn import functional as F


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        for k, (i, o) in enumerate(zip((3, *channels), channels)):
            setattr(self, f"conv_{k}", nn.Conv2d(i, o, kernel_size=3, stride=1, padding=1))
        for k, o in enumerate(channels):
            setattr(self, f"bn_{k}", nn.BatchNorm2d(num_features=o))
        self.n = len(channels)
        side >>= self.n
        self.out = nn.Linear(channels[-1] * side * side, classes)

    def forward(self, x):
        for k in range(self.n):
            x = getattr(self, f"bn_{k}")(getattr(self, f"conv_{k}")(x))
            x = F.max_pool2d(F.relu(x), kernel_size=2, stride=2)
        return self.out(x.reshape(x.size(0), -1))
