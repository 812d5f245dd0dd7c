"""The target's distance to the class that leads is raised; raise the target's own score.

Loses: fooling.image.step, fooling.image.ends
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
            gradient = torch.autograd.grad(scores[0, target] - scores[0].max(), inputs)[0]
            fooled = inputs.detach() + step * gradient / gradient.norm()
        return fooled.detach()
