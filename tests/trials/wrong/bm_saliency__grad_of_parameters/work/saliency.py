import torch
from torch import nn


class Saliency:
    """the usual class from the tutorial, with modes put back"""

    def __init__(self, model: nn.Module):
        self.model = model

    def __enter__(self):
        self.modes = [(m, m.training) for m in self.model.modules()]
        self.model.eval()
        return self

    def __exit__(self, *exc):
        for m, t in self.modes:
            m.training = t

    def __call__(self, images, target):
        x = images.detach().clone().requires_grad_()
        out = self.model(x.clone())
        idx = out.argmax(1) if target is None else torch.as_tensor(target).expand(len(x)).long()
        self.model.zero_grad()
        out[torch.arange(len(x)), idx].sum().backward()
        self.model.zero_grad()
        return x.grad


def vanilla_backprop(model, images, target=None):
    with Saliency(model) as saliency:
        return saliency(images, target)
