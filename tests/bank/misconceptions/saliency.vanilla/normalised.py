"""The map is normalised for drawing already; return the gradient as it is.

Loses: saliency.vanilla.gradient, saliency.vanilla.target
"""

import torch


def vanilla_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        gradient = torch.autograd.grad(score, inputs)[0]
        return (gradient - gradient.min()) / (gradient.max() - gradient.min())
