import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        stride = 2 if pooling == "stride" else 1

        def block(inputs):
            layers = [nn.Conv2d(inputs, width, 3, stride=stride, padding=1)]
            if batch_norm:
                layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            if pooling != "stride":
                layers.append({"max": nn.MaxPool2d, "average": nn.AvgPool2d}[pooling](2))
            return nn.Sequential(*layers)

        self.blocks = nn.Sequential(block(3), *[block(width)] * (depth - 1))
        end = {"none": nn.Identity(), "softmax": nn.Softmax(1), "sigmoid": nn.Sigmoid()}[output]
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(dropout), nn.Linear(width * (side // 2**depth) ** 2, 10), end)

    def forward(self, images):
        return self.head(self.blocks(images))
