"""Down the loss of the target."""

import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    with _evaluating(model):
        fooled = image.detach().clone()
        for _ in range(limit):
            inputs = fooled.requires_grad_()
            scores = model(inputs)
            if scores.argmax() == target:
                break
            gradient = torch.autograd.grad(torch.nn.functional.cross_entropy(scores, torch.tensor([target])), inputs)[0]
            fooled = inputs.detach() - step * gradient / gradient.norm()
        return fooled.detach()
