"""All images get the first one's class; each has its own.

Loses: saliency.vanilla.gradient, saliency.vanilla.target
"""

import torch


def vanilla_backprop(model, images, target=None):
    with _evaluating(model):
        inputs = images.detach().clone().requires_grad_()
        scores = model(inputs)
        classes = scores.argmax(dim=1) if target is None else torch.as_tensor(target).expand(len(images))
        score = scores[:, classes[0]].sum()
        return torch.autograd.grad(score, inputs)[0]
