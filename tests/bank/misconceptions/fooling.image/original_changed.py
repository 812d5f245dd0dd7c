"""The steps are made on the original itself; make them on a copy.

Loses: fooling.image.untouched
"""

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    with _evaluating(model):
        fooled = image.detach()
        for _ in range(limit):
            inputs = fooled.requires_grad_()
            scores = model(inputs)
            if scores.argmax() == target:
                break
            gradient = torch.autograd.grad(scores[0, target], inputs)[0]
            fooled = inputs.detach()
            fooled += step * gradient / gradient.norm()
        return fooled.detach()
