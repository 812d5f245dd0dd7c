from collections import OrderedDict
import torch
from torch import nn


def dropout(x, p, training):
    if not training or p == 0:
        return x.clone()
    gone = torch.bernoulli(torch.full(x.shape, float(p))).bool().to(x.device)
    return (x / (1 - p)).masked_fill(gone, 0)


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        assert pooling in {"max", "average", "stride"} and output in {"none", "softmax", "sigmoid"}
        layers = OrderedDict()
        for d in range(depth):
            layers[f"conv{d}"] = nn.Conv2d(3 if d == 0 else width, width, 3, stride=1 + (pooling == "stride"), padding=1)
            if batch_norm:
                layers[f"norm{d}"] = nn.BatchNorm2d(width)
            layers[f"relu{d}"] = nn.ReLU()
            if pooling == "max":
                layers[f"pool{d}"] = nn.MaxPool2d(2)
            elif pooling == "average":
                layers[f"pool{d}"] = nn.AvgPool2d(2)
        layers["flat"] = nn.Flatten()
        layers["drop"] = nn.Dropout(dropout)
        layers["dense"] = nn.Linear(width * (side // 2**depth) ** 2, 10)
        if output == "softmax":
            layers["out"] = nn.Softmax(dim=1)
        if output == "sigmoid":
            layers["out"] = nn.Sigmoid()
        self.layers = nn.Sequential(layers)

    def forward(self, images):
        return self.layers(images)
