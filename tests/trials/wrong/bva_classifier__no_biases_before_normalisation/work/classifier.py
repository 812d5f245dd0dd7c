import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        layers = []
        channels = 3
        for _ in range(depth):
            layers.append(nn.Conv2d(channels, width, 3, stride=2 if pooling == "stride" else 1, padding=1, bias=not batch_norm))
            if batch_norm:
                layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            if pooling == "max":
                layers.append(nn.MaxPool2d(2))
            elif pooling == "average":
                layers.append(nn.AvgPool2d(2))
            channels = width
        self.blocks = nn.Sequential(*layers)
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(channels * (side // 2**depth) ** 2, 10)
        self.output = output

    def forward(self, images):
        features = self.drop(self.blocks(images).flatten(1))
        scores = self.head(features)
        if self.output == "softmax":
            return scores.softmax(dim=1)
        if self.output == "sigmoid":
            return scores.sigmoid()
        return scores
