"""The maps are filled into single precision; they are to have the images' dtype.

Loses: maps.saliency.values
"""

import torch


def saliency_maps(model, images, labels):
    modes = {module: module.training for module in model.modules()}
    model.eval()
    maps = torch.zeros(len(images), *images.shape[2:])
    for number, label in enumerate(labels):
        x = images[number : number + 1].clone().requires_grad_()
        (gradient,) = torch.autograd.grad(model(x)[0, label], x)
        maps[number] = gradient[0].abs().amax(dim=0)
    for module, mode in modes.items():
        module.training = mode
    return maps
