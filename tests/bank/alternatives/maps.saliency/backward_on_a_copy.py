"""By backward() on a copy of the model, whose gradients nobody sees."""

import copy

import torch


def saliency_maps(model, images, labels):
    net = copy.deepcopy(model).eval()
    x = images.clone().requires_grad_(True)
    scores = net(x)
    correct = scores[torch.arange(len(x)), labels]
    correct.backward(torch.ones_like(correct))
    saliency, _ = torch.max(torch.abs(x.grad), dim=1)
    return saliency
