"""Layers of other names, made by a loop; a maximum for the ReLU."""

import torch


class ShallowNet(torch.nn.Module):
    def __init__(self, inputs: int = 3072, hidden: int = 64, classes: int = 10):
        super().__init__()
        for name, (i, o) in {"lin_a": (inputs, hidden), "lin_b": (hidden, classes)}.items():
            self.add_module(name, torch.nn.Linear(i, o))
            torch.nn.init.xavier_uniform_(getattr(self, name).weight)

    def forward(self, x):
        h = self.lin_a(torch.flatten(x, 1))
        return self.lin_b(torch.maximum(h, torch.zeros_like(h)))
