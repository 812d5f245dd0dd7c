import torch
import torch.nn.functional as F
from torch import nn


def _normalise(norm, x):
    """Batch normalisation written out, so that one sees what happens."""
    if norm.training:
        mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3))
        with torch.no_grad():
            norm.running_mean.lerp_(mean, norm.momentum)
            norm.running_var.lerp_(var, norm.momentum)
            norm.num_batches_tracked += 1
    else:
        mean, var = norm.running_mean, norm.running_var
    shape = (1, -1, 1, 1)
    x = (x - mean.view(shape)) / torch.sqrt(var.view(shape) + norm.eps)
    return x * norm.weight.view(shape) + norm.bias.view(shape)


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        sizes = [3, *channels]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(sizes, sizes[1:]))
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) for b in channels)
        self.fc = nn.Linear(sizes[-1] * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = F.max_pool2d(F.relu(_normalise(norm, conv(x))), 2)
        return self.fc(x.flatten(1))
