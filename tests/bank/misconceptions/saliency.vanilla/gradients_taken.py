"""zero_grad() takes gradients away that were there; leave the `.grad` of parameters as it was.

Loses: saliency.vanilla.untouched
"""

import torch


def vanilla_backprop(model, images, target=None):
    with _evaluating(model):
        model.zero_grad()
        inputs, score = _scored(model, images, target)
        return torch.autograd.grad(score, inputs)[0]
