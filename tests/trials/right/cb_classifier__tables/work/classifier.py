import torch
from torch import nn

POOLS = {"max": lambda: nn.MaxPool2d(2), "average": lambda: nn.AvgPool2d(2), "stride": nn.Identity}
OUTPUTS = {"none": nn.Identity, "softmax": lambda: nn.Softmax(dim=1), "sigmoid": nn.Sigmoid}


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        layers = []
        for k in range(depth):
            layers.append(nn.Conv2d(width if k else 3, width, 3, stride=2 if pooling == "stride" else 1, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(width))
            layers += [nn.ReLU(), POOLS[pooling]()]
        small = side // 2 ** depth
        self.blocks = nn.Sequential(*layers)
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(width * small * small, 10)
        self.output = OUTPUTS[output]()

    def forward(self, images):
        features = torch.flatten(self.blocks(images), 1)
        return self.output(self.dense(self.drop(features)))
