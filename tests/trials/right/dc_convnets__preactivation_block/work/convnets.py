import torch
from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.norms = nn.ModuleList(map(nn.BatchNorm2d, (inputs, outputs)))
        self.convs = nn.ModuleList(
            nn.Conv2d(a, outputs, 3, stride=s, padding=1, bias=False) for a, s in ((inputs, stride), (outputs, 1))
        )
        self.past = None if (inputs, stride) == (outputs, 1) else nn.Conv2d(inputs, outputs, 1, stride=stride)

    def forward(self, x):
        bent = None
        h = x
        for norm, conv in zip(self.norms, self.convs):
            h = torch.relu(norm(h))
            bent = h if bent is None else bent
            h = conv(h)
        return torch.add(h, x if self.past is None else self.past(bent))
