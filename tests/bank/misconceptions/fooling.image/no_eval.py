"""The model computes as in training; switch it to evaluation, or its normalisation depends on the one image.

Loses: fooling.image.wins, fooling.image.untouched
"""

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    if True:
        fooled = image.detach().clone()
        for _ in range(limit):
            inputs = fooled.requires_grad_()
            scores = model(inputs)
            if scores.argmax() == target:
                break
            gradient = torch.autograd.grad(scores[0, target], inputs)[0]
            fooled = inputs.detach() + step * gradient / gradient.norm()
        return fooled.detach()
