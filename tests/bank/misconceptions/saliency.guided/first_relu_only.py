"""Only the first ReLU clamps the gradient; every one must.

Loses: saliency.guided.modules, saliency.guided.functions, saliency.guided.untouched
"""

import torch
from torch import nn


def guided_backprop(model, images, target=None):
    kept = [(each, each.inplace) for each in model.modules() if isinstance(each, nn.ReLU)]
    for each, _ in kept:
        each.inplace = False
    hooks = [
        each.register_full_backward_hook(lambda module, before, after: tuple(g.clamp(min=0) for g in before))
        for each, _ in kept[:1]
    ]
    try:
        with _evaluating(model):
            inputs, score = _scored(model, images, target)
            return torch.autograd.grad(score, inputs)[0]
    finally:
        for hook in hooks:
            hook.remove()
        for each, inplace in kept:
            each.inplace = inplace
