"""zero_grad() takes gradients away that were there; leave the `.grad` of parameters as it was.

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
            model.zero_grad()
            gradient = torch.autograd.grad(scores[0, target], inputs)[0]
            fooled = inputs.detach() + step * gradient / gradient.norm()
        return fooled.detach()
