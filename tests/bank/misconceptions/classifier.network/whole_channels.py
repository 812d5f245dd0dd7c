"""Whole channels are dropped together: drop each feature by itself, after flattening.

Loses: classifier.network.head
Unnamed: what is dropped at random differs from run to run, so that no two examples answer alike.
"""

from torch import nn


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        blocks = []
        for channels in [3] + [width] * (depth - 1):
            blocks.append(nn.Conv2d(channels, width, 3, stride=2 if pooling == "stride" else 1, padding=1))
            blocks += [nn.BatchNorm2d(width)] if batch_norm else []
            blocks.append(nn.ReLU())
            blocks += [nn.MaxPool2d(2)] if pooling == "max" else [nn.AvgPool2d(2)] if pooling == "average" else []
        self.blocks = nn.Sequential(*blocks)
        self.drop = nn.Dropout2d(dropout)
        self.head = nn.Linear(width * (side // 2**depth) ** 2, 10)
        self.output = output

    def forward(self, images):
        scores = self.head(self.drop(self.blocks(images)).flatten(1))
        return scores.softmax(1) if self.output == "softmax" else scores.sigmoid() if self.output == "sigmoid" else scores
