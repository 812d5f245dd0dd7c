import torch
import torch.nn as nn
import torch.nn.functional as F


class Norm(nn.BatchNorm2d):
    """Batch norm, spelled out."""

    def forward(self, x):
        if not self.training:
            return super().forward(x)
        mean, var = x.detach().mean((0, 2, 3)), x.detach().var((0, 2, 3), unbiased=False)
        with torch.no_grad():
            n = x.numel() / x.shape[1]
            self.num_batches_tracked += 1
            self.running_mean.lerp_(mean, self.momentum)
            self.running_var.lerp_(var * n / (n - 1), self.momentum)
        return F.batch_norm(x, mean, var, self.weight, self.bias, False, 0.0, self.eps)


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        self.convs = nn.ModuleList()
        self.norms = nn.ModuleList()
        before = 3
        for c in channels:
            self.convs.append(nn.Conv2d(before, c, 3, 1, 1, bias=False))
            self.norms.append(Norm(c))
            before = c
            side //= 2
        self.fc = nn.Linear(before * side * side, classes)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = F.max_pool2d(torch.relu(norm(conv(x))), 2, 2)
        return self.fc(x.reshape(x.shape[0], -1))
