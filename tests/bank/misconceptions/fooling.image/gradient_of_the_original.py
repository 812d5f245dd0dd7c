"""The gradient is taken once, at the original; take it anew at the present image.

Loses: fooling.image.step, fooling.image.ends
"""

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    with _evaluating(model):
        fooled = image.detach().clone()
        first = image.detach().clone().requires_grad_()
        gradient = torch.autograd.grad(model(first)[0, target], first)[0]
        for _ in range(limit):
            inputs = fooled.requires_grad_()
            scores = model(inputs)
            if scores.argmax() == target:
                break
            fooled = inputs.detach() + step * gradient / gradient.norm()
        return fooled.detach()
