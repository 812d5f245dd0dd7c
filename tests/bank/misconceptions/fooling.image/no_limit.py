"""The limit is ignored: steps go on until the target wins.

Loses: fooling.image.ends
"""

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    with _evaluating(model):
        fooled = image.detach().clone()
        while True:
            inputs = fooled.requires_grad_()
            scores = model(inputs)
            if scores.argmax() == target:
                break
            gradient = torch.autograd.grad(scores[0, target], inputs)[0]
            fooled = inputs.detach() + step * gradient / gradient.norm()
        return fooled.detach()
