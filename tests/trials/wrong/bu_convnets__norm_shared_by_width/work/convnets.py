from torch import nn
import torch.nn.functional as F


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        sizes = (3,) + tuple(channels)
        self.convs = nn.ModuleList([nn.Conv2d(a, b, 3, padding=1) for a, b in zip(sizes[:-1], sizes[1:])])
        self.norms = nn.ModuleDict({str(c): nn.BatchNorm2d(c) for c in channels})
        self.fc = nn.Linear(sizes[-1] * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, x):
        for conv in self.convs:
            x = conv(x)
            x = F.max_pool2d(F.relu(self.norms[str(x.shape[1])](x)), 2)
        return self.fc(x.flatten(1))
