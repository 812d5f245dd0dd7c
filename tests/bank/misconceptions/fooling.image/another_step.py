"""A step is made after the target has won; look whether it wins before each step.

Loses: fooling.image.ends
"""

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    with _evaluating(model):
        fooled = image.detach().clone()
        for _ in range(limit):
            inputs = fooled.requires_grad_()
            scores = model(inputs)
            gradient = torch.autograd.grad(scores[0, target], inputs)[0]
            fooled = inputs.detach() + step * gradient / gradient.norm()
            if scores.argmax() == target:
                break
        return fooled.detach()
