"""Gradients add up in the images' own `.grad` from call to call.

Loses: maps.saliency.values
"""

import torch


def saliency_maps(model, images, labels):
    training = [module for module in model.modules() if module.training]
    trainable = [p for p in model.parameters() if p.requires_grad]
    asked = images.requires_grad
    model.eval()
    for parameter in trainable:
        parameter.requires_grad_(False)
    images.requires_grad_()
    model(images).gather(1, labels[:, None]).sum().backward()
    images.requires_grad_(asked)
    for parameter in trainable:
        parameter.requires_grad_()
    for module in training:
        module.training = True
    return images.grad.abs().amax(dim=1)
