"""The scores of the batch are averaged, so that each image's gradient is divided by their number: sum them.

Loses: saliency.vanilla.gradient, saliency.vanilla.target
"""

import torch


def vanilla_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        return torch.autograd.grad(score / len(images), inputs)[0]
