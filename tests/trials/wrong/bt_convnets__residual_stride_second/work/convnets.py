import torch
import torch.nn as nn
import torch.nn.functional as F

class ShallowNet(nn.Sequential):
    def __init__(self, inputs=3072, hidden=64, classes=10):
        super().__init__(nn.Flatten(), nn.Linear(inputs, hidden), nn.ReLU(inplace=True), nn.Linear(hidden, classes))

def _blocks(channels, norm):
    before = 3
    for after in channels:
        yield nn.Conv2d(before, after, 3, padding="same", bias=not norm)
        if norm:
            yield nn.BatchNorm2d(after)
        yield nn.ReLU()
        yield nn.MaxPool2d(2)
        before = after

class _Net(nn.Sequential):
    norm = None
    def __init_subclass__(cls, norm, **kw):
        super().__init_subclass__(**kw)
        cls.norm = norm
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        channels = list(channels)
        end = side // 2 ** len(channels)
        super().__init__(*_blocks(channels, self.norm), nn.Flatten(1), nn.Linear((channels or [3])[-1] * end * end, classes))

class ConvNet(_Net, norm=False):
    pass

class ConvNetBN(_Net, norm=True):
    pass

class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, 1, 1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, stride, 1)
        self.short = nn.Identity() if inputs == outputs and stride == 1 else nn.Conv2d(inputs, outputs, 1, stride)

    def forward(self, x):
        return F.relu(self.conv2(F.relu(self.conv1(x))) + self.short(x))
