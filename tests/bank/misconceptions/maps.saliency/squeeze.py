"""squeeze() without a dimension takes the batch away where it holds one image; name the dimension.

Loses: maps.saliency.batch
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
    return gradients.abs().amax(dim=1).squeeze()
