"""The absolute value is missing: a score that falls where a pixel rises depends on that pixel too.

Loses: maps.saliency.values, maps.saliency.labels, maps.saliency.batch
"""

import torch


def saliency_maps(model, images, labels):
    training = [module for module in model.modules() if module.training]
    model.eval()
    inputs = images.detach().clone().requires_grad_()
    correct = model(inputs).gather(1, labels[:, None])
    gradients = torch.autograd.grad(correct.sum(), inputs)[0]
    for module in training:
        module.training = True
    return gradients.amax(dim=1)
