"""The mode of the whole model is put back into all of its parts; each part has its own, and one may have been in another.

Loses: maps.saliency.untouched
"""

import torch


def saliency_maps(model, images, labels):
    training = model.training
    model.eval()
    inputs = images.detach().clone().requires_grad_()
    gradients = torch.autograd.grad(model(inputs).gather(1, labels[:, None]).sum(), inputs)[0]
    model.train(training)
    return gradients.abs().amax(dim=1)
