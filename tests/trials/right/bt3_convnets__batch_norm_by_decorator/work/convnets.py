import torch
from torch import nn

SOURCE = """
class NAME(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        blocks = []
        ins = 3
        for outs in channels:
            blocks.append(nn.Sequential(
                nn.Conv2d(ins, outs, 3, 1, 1),
                EXTRA
                nn.MaxPool2d(2),
                nn.ReLU(),
            ))
            ins = outs
        self.body = nn.Sequential(*blocks)
        self.head = nn.Linear(ins * (side // 2 ** len(blocks)) ** 2, classes)

    def forward(self, x):
        h = self.body(x)
        return torch.einsum("nchw,kchw->nk", h, self.head.weight.view(-1, *h.shape[1:])) + self.head.bias
"""
import textwrap as _t

# max and ReLU may change places: both only ever rise
exec(_t.dedent(SOURCE).replace("NAME", "ConvNet").replace("EXTRA", ""))
exec(_t.dedent(SOURCE).replace("NAME", "ConvNetBN").replace("EXTRA", "nn.BatchNorm2d(outs), nn.ReLU(),"))
