"""The model stays in evaluation mode; give it back in the mode in which it came.

Loses: maps.saliency.untouched
"""

import torch


def saliency_maps(model, images, labels):
    model.eval()
    inputs = images.detach().clone().requires_grad_()
    correct = model(inputs).gather(1, labels[:, None])
    gradients = torch.autograd.grad(correct.sum(), inputs)[0]
    return gradients.abs().amax(dim=1)
