import copy
import torch

_ready = {}


def _frozen(model):
    """Deep copies take long: make each once."""
    if id(model) not in _ready:
        twin = copy.deepcopy(model).eval()
        for p in twin.parameters():
            p.requires_grad_(False)
        _ready[id(model)] = twin
    return _ready[id(model)]


def saliency_maps(model, images, labels):
    net = _frozen(model)
    x = images.clone().detach().requires_grad_(True)
    scores = net(x)
    total = sum(row[int(k)] for row, k in zip(scores, labels))
    total.backward()
    return torch.max(torch.abs(x.grad), dim=1)[0]
