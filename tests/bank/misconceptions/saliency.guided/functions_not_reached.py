"""Hooks on nn.ReLU modules reach neither ReLU6 nor a ReLU that is called as a function.

Loses: saliency.guided.functions
"""

import torch
from torch import nn


def guided_backprop(model, images, target=None):
    kept = [(each, each.inplace) for each in model.modules() if isinstance(each, nn.ReLU)]
    for each, _ in kept:
        each.inplace = False
    hooks = [
        each.register_full_backward_hook(lambda module, before, after: tuple(g.clamp(min=0) for g in before))
        for each, _ in kept
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
