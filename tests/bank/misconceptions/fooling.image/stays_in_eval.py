"""The model stays in evaluation mode; give it back in the mode in which it came.

Loses: fooling.image.untouched
"""

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    model.eval()
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
