import torch
from torch import nn
import torch.nn.functional as F

class _Base(nn.Module):
    norm = False
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        made = {}
        layers, c = [], 3
        for n in channels:
            key = (c, n)
            if key not in made:
                made[key] = nn.Conv2d(c, n, 3, padding=1)
            layers.append(made[key])
            if self.norm:
                layers.append(nn.BatchNorm2d(n))
            layers += [nn.ReLU(), nn.MaxPool2d(2)]
            c = n
        s = side // 2 ** len(channels)
        self.body = nn.Sequential(*layers)
        self.fc = nn.Linear(c * s * s, classes)
    def forward(self, x):
        return self.fc(self.body(x).flatten(1))

class ConvNet(_Base):
    pass

class ConvNetBN(_Base):
    norm = True
