"""The softmax probability is differentiated; take the score itself, which comes before the softmax.

Loses: saliency.vanilla.gradient, saliency.vanilla.target
"""

import torch


def vanilla_backprop(model, images, target=None):
    with _evaluating(model):
        inputs = images.detach().clone().requires_grad_()
        scores = model(inputs)
        classes = scores.argmax(dim=1) if target is None else torch.as_tensor(target).expand(len(images))
        score = scores.softmax(dim=1).gather(1, classes[:, None]).sum()
        return torch.autograd.grad(score, inputs)[0]
