"""backward() leaves gradients on the model's parameters: torch.autograd.grad gives only what is asked for.

Loses: maps.saliency.untouched
"""

import torch


def saliency_maps(model, images, labels):
    training = [module for module in model.modules() if module.training]
    model.eval()
    inputs = images.detach().clone().requires_grad_()
    correct = model(inputs).gather(1, labels[:, None])
    gradients = torch.autograd.grad(correct.sum(), inputs, retain_graph=True)[0]
    correct.sum().backward()
    for module in training:
        module.training = True
    return gradients.abs().amax(dim=1)
