from functools import partial
import torch
import torch.nn.functional as F
from torch import nn

POOL = {"max": partial(F.max_pool2d, kernel_size=2), "average": partial(F.avg_pool2d, kernel_size=2), "stride": lambda x: x}


def dropout(x, p, training):
    match training:
        case False:
            return x
    keep = torch.rand(x.shape, device=x.device) >= p
    return torch.where(keep, x / (1.0 - p), torch.zeros((), dtype=x.dtype, device=x.device))


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        self.p, self.pooling, self.output = dropout, POOL[pooling], output
        stride = 2 if pooling == "stride" else 1
        make = lambda k: nn.ModuleDict({
            "conv": nn.Conv2d(width if k else 3, width, (3, 3), (stride, stride), (1, 1)),
            "norm": nn.BatchNorm2d(width) if batch_norm else nn.Identity(),
        })
        self.blocks = nn.ModuleList(map(make, range(depth)))
        self.dense = nn.Linear(width * (side >> depth) * (side >> depth), 10, bias=True)

    def forward(self, images):
        x = images
        for block in self.blocks:
            x = self.pooling(F.relu(block["norm"](block["conv"](x))))
        x = self.dense(dropout(x.flatten(1), self.p, self.training))
        if self.training:      # cross_entropy takes logits
            return x
        match self.output:
            case "softmax":
                return x.softmax(-1)
            case "sigmoid":
                return torch.sigmoid(x)
        return x
