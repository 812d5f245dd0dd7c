import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        pools = {"max": nn.MaxPool2d, "average": nn.AvgPool2d}
        layers, c = [], 3
        for _ in range(depth):
            layers.append(nn.Conv2d(c, width, 3, 2 if pooling == "stride" else 1, 1, bias=not batch_norm))
            if batch_norm:
                layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            if pooling in pools:
                layers.append(pools[pooling](2))
            c = width
        self.blocks = nn.Sequential(*layers)
        ends = {"none": nn.Identity(), "softmax": nn.Softmax(dim=1), "sigmoid": nn.Sigmoid()}
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(dropout), nn.Linear(c * (side // 2**depth) ** 2, 10), ends[output])

    def forward(self, images):
        return self.head(self.blocks(images))
