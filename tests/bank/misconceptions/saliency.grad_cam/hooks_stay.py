"""The hooks are never removed, so that the model keeps what every later call computes.

Loses: saliency.grad_cam.untouched
"""

import torch


def grad_cam(model, images, layer, target=None):
    outputs = []
    layer.register_forward_hook(lambda module, inputs, output: outputs.append(output))
    with _evaluating(model):
        _, score = _scored(model, images, target)
        (gradient,) = torch.autograd.grad(score, outputs[-1])
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * outputs[-1]).sum(dim=1).relu().detach()
