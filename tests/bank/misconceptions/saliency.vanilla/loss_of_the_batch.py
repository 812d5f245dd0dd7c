"""The mean loss of the batch is differentiated; take the score of the class itself.

Loses: saliency.vanilla.gradient, saliency.vanilla.target
"""

import torch
from torch import nn


def vanilla_backprop(model, images, target=None):
    with _evaluating(model):
        inputs = images.detach().clone().requires_grad_()
        scores = model(inputs)
        classes = scores.argmax(dim=1) if target is None else torch.as_tensor(target).expand(len(images))
        score = nn.functional.cross_entropy(scores, classes)
        return torch.autograd.grad(score, inputs)[0]
