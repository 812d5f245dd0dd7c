"""The mode of the whole model is put back into all of its parts; each part has its own, and one may have been in another.

Loses: saliency.vanilla.untouched
"""

import torch


def vanilla_backprop(model, images, target=None):
    training = model.training
    model.eval()
    inputs, score = _scored(model, images, target)
    model.train(training)
    return torch.autograd.grad(score, inputs)[0]
