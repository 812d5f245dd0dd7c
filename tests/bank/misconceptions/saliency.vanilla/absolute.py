"""These are absolute values; the raw gradient has signs.

Loses: saliency.vanilla.gradient, saliency.vanilla.target
"""

import torch


def vanilla_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        return torch.autograd.grad(score, inputs)[0].abs()
