import torch
from torch import nn

def dropout(x, p, training):
    if not training:
        return x.clone()
    mask = (torch.rand(x.shape, device=x.device) >= p).to(x.dtype)
    return x * mask / (1 - p)

class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        layers, c = [], 3
        for _ in range(depth):
            layers.append(nn.Conv2d(c, width, 3, padding=1, stride=2 if pooling == "stride" else 1))
            layers.append(nn.ReLU())
            if batch_norm:
                layers.append(nn.BatchNorm2d(width))
            if pooling == "max":
                layers.append(nn.MaxPool2d(2))
            elif pooling == "average":
                layers.append(nn.AvgPool2d(2))
            c = width
        self.blocks = nn.Sequential(*layers)
        self.drop = nn.Dropout(dropout)
        self.fc = nn.Linear(c * (side // 2 ** depth) ** 2, 10)
        self.output = output

    def forward(self, images):
        y = self.fc(self.drop(self.blocks(images).flatten(1)))
        if self.output == "softmax":
            return torch.softmax(y, dim=1)
        if self.output == "sigmoid":
            return torch.sigmoid(y)
        return y
