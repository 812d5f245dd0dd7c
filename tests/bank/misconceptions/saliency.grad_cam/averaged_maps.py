"""The weighed feature maps are averaged: they are to be added up.

Loses: saliency.grad_cam.weights, saliency.grad_cam.rectified, saliency.grad_cam.target
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
        (gradient,) = torch.autograd.grad(score, outputs[-1])

    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * outputs[-1]).mean(dim=1).relu().detach()
