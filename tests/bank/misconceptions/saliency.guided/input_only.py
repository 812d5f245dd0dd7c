"""Only the gradient of the input is clamped; clamp it at every ReLU on the way.

Loses: saliency.guided.modules, saliency.guided.functions
"""

import torch


def guided_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        return torch.autograd.grad(score, inputs)[0].clamp(min=0)
