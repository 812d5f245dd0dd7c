"""By torch.func, with gradients mapped over the batch."""

import torch
from torch.func import grad


def saliency_maps(model, images, labels):
    modes = {module: module.training for module in model.modules()}
    model.eval()
    one_hot = torch.nn.functional.one_hot(labels, model(images[:1]).shape[1]).to(images.dtype)
    gradients = grad(lambda x: (model(x) * one_hot).sum())(images)
    for module, mode in modes.items():
        module.training = mode
    return gradients.abs().max(1).values
