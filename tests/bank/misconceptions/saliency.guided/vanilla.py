"""This is vanilla backprop: the gradient that arrives at a ReLU is to be clamped at 0 too.

Loses: saliency.guided.modules, saliency.guided.functions
"""

import torch


def guided_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        return torch.autograd.grad(score, inputs)[0]
