import torch
from torch import nn


def _init(self, inputs=3072, hidden=64, classes=10):
    nn.Module.__init__(self)
    for name, size in dict(first=(inputs, hidden), second=(hidden, classes)).items():
        setattr(self, name, nn.Linear(*size))


def _affine(layer, x):
    return torch.einsum("ni,oi->no", x, layer.weight) + layer.bias


def _forward(self, x):
    x = torch.reshape(x, (x.size(0), -1))
    z = _affine(self.first, x)
    z = torch.where(z > 0, z, torch.zeros_like(z))
    return _affine(self.second, z)


globals()["ShallowNet"] = type("ShallowNet", (nn.Module,), {"__init__": _init, "forward": _forward, "__doc__": "One hidden layer."})
