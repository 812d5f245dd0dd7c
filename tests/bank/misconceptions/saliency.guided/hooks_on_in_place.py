"""A backward hook on a module that works in place fails: set inplace to False first, and back at the end.

Loses: saliency.guided.modules, saliency.guided.functions, saliency.guided.untouched
"""

import torch
from torch import nn


def guided_backprop(model, images, target=None):
    hooks = [
        each.register_full_backward_hook(lambda module, before, after: tuple(g.clamp(min=0) for g in before))
        for each in model.modules()
        if isinstance(each, nn.ReLU)
    ]
    try:
        with _evaluating(model):
            inputs, score = _scored(model, images, target)
            return torch.autograd.grad(score, inputs)[0]
    finally:
        for hook in hooks:
            hook.remove()
