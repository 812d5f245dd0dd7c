"""The probability is differentiated; take the score itself, before the softmax.

Loses: maps.saliency.values, maps.saliency.labels, maps.saliency.batch
"""

import torch


def saliency_maps(model, images, labels):
    training = [module for module in model.modules() if module.training]
    model.eval()
    inputs = images.detach().clone().requires_grad_()
    score = model(inputs).softmax(dim=1).gather(1, labels[:, None]).sum()
    gradients = torch.autograd.grad(score, inputs)[0]
    for module in training:
        module.training = True
    return gradients.abs().amax(dim=1)
