import torch
from torch import nn
import torch.nn.functional as F


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        widths = [3] + [width * 2**k for k in range(depth)]
        stride = 2 if pooling == "stride" else 1
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, stride, 1) for a, b in zip(widths, widths[1:]))
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) if batch_norm else nn.Identity() for b in widths[1:])
        self.pooling, self.output = pooling, output
        self.drop = nn.Dropout(dropout)
        self.fc = nn.Linear(widths[-1] * (side // 2**depth) ** 2, 10)

    def forward(self, images):
        x = images
        for conv, norm in zip(self.convs, self.norms):
            x = F.relu(norm(conv(x)))
            if self.pooling == "max":
                x = F.max_pool2d(x, 2)
            elif self.pooling == "average":
                x = F.avg_pool2d(x, 2)
        x = self.fc(self.drop(x.flatten(1)))
        if self.output == "softmax":
            x = F.softmax(x, dim=1)
        elif self.output == "sigmoid":
            x = torch.sigmoid(x)
        return x
