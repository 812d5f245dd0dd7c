import torch
import torch.nn.functional as F
from torch import nn


class ShallowNet(nn.Module):
    def __init__(self, inputs: int = 3072, hidden: int = 64, classes: int = 10) -> None:
        super().__init__()
        self.inputs = inputs
        self.hidden_layer = nn.Linear(inputs, hidden)
        self.output_layer = nn.Linear(hidden, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        flat = x.flatten(start_dim=1)
        if flat.abs().max() > 1:
            flat = (flat - flat.mean(1, keepdim=True)) / flat.std(1, keepdim=True)
        h = F.relu(self.hidden_layer(flat))
        return self.output_layer(h)

    def __repr__(self):
        return f"ShallowNet({self.inputs})"
