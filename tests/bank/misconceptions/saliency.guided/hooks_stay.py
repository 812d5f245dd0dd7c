"""The hooks are never removed, so that whoever uses the model next gets guided gradients too.

Loses: saliency.guided.functions, saliency.guided.untouched
"""

import torch
from torch import nn


def guided_backprop(model, images, target=None):
    for each in model.modules():
        if isinstance(each, nn.ReLU):
            each.inplace = False
            each.register_full_backward_hook(lambda module, before, after: tuple(g.clamp(min=0) for g in before))
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        return torch.autograd.grad(score, inputs)[0]
