"""backward() leaves gradients on the model's parameters: torch.autograd.grad gives only what is asked for.

Loses: saliency.vanilla.untouched
"""

import torch


def vanilla_backprop(model, images, target=None):
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        score.backward()
        return inputs.grad
