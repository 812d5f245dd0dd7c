import torch
from torch import nn
from functools import partial

POOL = {"max": (1, partial(nn.MaxPool2d, 2)), "average": (1, partial(nn.AvgPool2d, 2)), "stride": (2, nn.Identity)}
END = {"none": nn.Identity, "softmax": partial(nn.Softmax, dim=1), "sigmoid": nn.Sigmoid}

def dropout(x, p, training):
    if training and p > 0:
        keep = torch.empty_like(x, dtype=torch.float64).bernoulli_(1 - p).bool()
        return torch.where(keep, x / (1 - p), torch.zeros_like(x))
    return x + 0

def block(i, o, norm, pooling):
    stride, pool = POOL[pooling]
    yield nn.Conv2d(i, o, 3, stride, 1)
    if norm:
        yield nn.BatchNorm2d(o)
    yield nn.ReLU()
    yield pool()

class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        self.p = dropout
        body = []
        for d in range(depth):
            body += block(width if d else 3, width, batch_norm, pooling)
        self.body = nn.Sequential(*body)
        feats = (width if depth else 3) * (side >> depth) ** 2
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(p=dropout), nn.Linear(feats, 10), END[output]())

    def forward(self, images):
        return self.head(self.body(images))

    def __len__(self):
        return sum(p.numel() for p in self.parameters())
