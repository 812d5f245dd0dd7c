"""The model computes as in training; switch it to evaluation, or its normalisation depends on the batch.

Loses: maps.saliency.values, maps.saliency.untouched, maps.saliency.labels, maps.saliency.batch
"""

import torch


def saliency_maps(model, images, labels):
    inputs = images.detach().clone().requires_grad_()
    correct = model(inputs).gather(1, labels[:, None])
    gradients = torch.autograd.grad(correct.sum(), inputs)[0]
    return gradients.abs().amax(dim=1)
