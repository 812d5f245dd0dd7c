"""A ReLU is missing: a block without one is linear.

Loses: classifier.network.blocks, classifier.network.head
"""

import torch
from torch import nn
from torch.nn import functional


class Classifier(nn.Module):
    def __init__(
        self,
        depth: int = 2,
        width: int = 16,
        batch_norm: bool = False,
        dropout: float = 0.0,
        pooling: str = "max",
        output: str = "none",
        side: int = 32,
    ) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        for channels in [3] + [width] * (depth - 1):
            blocks.append(nn.Conv2d(channels, width, 3, stride=2 if pooling == "stride" else 1, padding=1))
            blocks += [nn.BatchNorm2d(width)] if batch_norm else []
            blocks += [nn.MaxPool2d(2)] if pooling == "max" else [nn.AvgPool2d(2)] if pooling == "average" else []
        self.blocks = nn.Sequential(*blocks)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width * (side // 2**depth) ** 2, 10)
        self.output = output

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        features = self.blocks(images).flatten(start_dim=1)
        scores: torch.Tensor = self.head(self.dropout(features))
        if self.output == "softmax":
            return functional.softmax(scores, dim=1)
        return functional.sigmoid(scores) if self.output == "sigmoid" else scores
