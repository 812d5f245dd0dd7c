"""backward() leaves gradients on the model's parameters: torch.autograd.grad gives only what is asked for.

Loses: fooling.image.untouched
"""

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    with _evaluating(model):
        fooled = image.detach().clone()
        for _ in range(limit):
            inputs = fooled.requires_grad_()
            scores = model(inputs)
            if scores.argmax() == target:
                break
            scores[0, target].backward()
            gradient = inputs.grad
            fooled = inputs.detach() + step * gradient / gradient.norm()
        return fooled.detach()
