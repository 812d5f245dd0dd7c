import torch
from torch import nn

POOL = {"max": lambda: nn.MaxPool2d(2), "average": lambda: nn.AvgPool2d(2), "stride": nn.Identity}
END = {"none": nn.Identity, "softmax": lambda: nn.Softmax(dim=1), "sigmoid": nn.Sigmoid}

def dropout(x, p, training):
    if not training:
        return x.clone()
    return x * nn.functional.dropout(torch.ones_like(x), p, True)

class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        assert side % 2**depth == 0
        layers = []
        for i in range(depth):
            layers.append(nn.Conv2d(width if i else 3, width, 3, padding=1, stride=2 if pooling == "stride" else 1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(width))
            layers += [nn.ReLU(), POOL[pooling]()]
        self.body = nn.Sequential(*layers)
        features = (width if depth else 3) * (side // 2**depth) ** 2
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(dropout), nn.Linear(features, 10), END[output]())

    def forward(self, images):
        return self.head(self.body(images))
