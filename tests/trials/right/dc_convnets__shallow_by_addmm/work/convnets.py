import torch
from torch import nn


class ShallowNet(nn.Module):
    def __init__(self, inputs: int = 3072, hidden: int = 64, classes: int = 10) -> None:
        super().__init__()
        sizes = {"down": (inputs, hidden), "out": (hidden, classes)}
        self.layers = nn.ModuleDict({name: nn.Linear(*size) for name, size in sizes.items()})

    def forward(self, x):
        h = x.flatten(start_dim=1)
        for name, layer in self.layers.items():
            if name != "down":
                h = torch.where(h > 0, h, torch.zeros_like(h))
            h = torch.addmm(layer.bias, h, layer.weight.mT)
        return h
