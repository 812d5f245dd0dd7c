"""The model computes in training mode, where batch normalisation mixes the images: call eval() before.

Loses: saliency.vanilla.gradient, saliency.vanilla.target, saliency.vanilla.untouched
"""

import torch


def vanilla_backprop(model, images, target=None):
    inputs, score = _scored(model, images, target)
    return torch.autograd.grad(score, inputs)[0]
