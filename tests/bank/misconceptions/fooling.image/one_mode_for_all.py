"""The mode of the whole model is put back into all of its parts; each part has its own, and one may have been in another.

Loses: fooling.image.untouched
"""

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    training = model.training
    model.eval()
    fooled = image.detach().clone()
    for _ in range(limit):
        inputs = fooled.requires_grad_()
        scores = model(inputs)
        if scores.argmax() == target:
            break
        gradient = torch.autograd.grad(scores[0, target], inputs)[0]
        fooled = inputs.detach() + step * gradient / gradient.norm()
    model.train(training)
    return fooled.detach()
