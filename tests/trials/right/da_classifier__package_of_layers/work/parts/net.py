
from collections import OrderedDict

from torch import nn

POOLS = {"max": nn.MaxPool2d, "average": nn.AvgPool2d}
ENDS = {"none": nn.Identity, "softmax": lambda: nn.Softmax(dim=-1), "sigmoid": nn.Sigmoid}


def layers(depth, width, batch_norm, dropout, pooling, output, side):
    below = 3
    for k in range(1, depth + 1):
        yield f"convolution {k}", nn.Conv2d(below, width, 3, stride=2 if pooling == "stride" else 1, padding=1)
        if batch_norm:
            yield f"normalisation {k}", nn.BatchNorm2d(width)
        yield f"relu {k}", nn.ReLU(inplace=True)
        if pooling in POOLS:
            yield f"pool {k}", POOLS[pooling](kernel_size=2)
        below = width
    yield "flat", nn.Flatten()
    yield "drop", nn.Dropout(dropout)
    yield "head", nn.Linear(below * (side >> depth) ** 2, 10)
    yield "end", ENDS[output]()


class Classifier(nn.Sequential):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__(OrderedDict(layers(depth, width, batch_norm, dropout, pooling, output, side)))
