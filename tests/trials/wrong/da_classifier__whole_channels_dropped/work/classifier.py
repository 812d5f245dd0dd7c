
import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        self.blocks = nn.ModuleList()
        for k in range(depth):
            stride = 2 if pooling == "stride" else 1
            convolution = nn.Conv2d(width if k else 3, width, 3, stride=stride, padding=1)
            norm = nn.BatchNorm2d(width) if batch_norm else nn.Identity()
            self.blocks.append(nn.ModuleList([convolution, norm]))
        self.pool = {"max": nn.MaxPool2d(2), "average": nn.AvgPool2d(2), "stride": nn.Identity()}[pooling]
        self.drop = nn.Dropout2d(dropout)
        self.head = nn.Linear(width * (side // 2**depth) ** 2, 10)
        self.output = output

    def forward(self, images):
        x = images
        for convolution, norm in self.blocks:
            x = self.pool(torch.relu(norm(convolution(x))))
        x = self.head(self.drop(x).flatten(1))
        if self.output == "softmax":
            return torch.softmax(x, dim=1)
        if self.output == "sigmoid":
            return torch.sigmoid(x)
        return x
