"""The model computes in training mode, where batch normalisation mixes the images: call eval() before.

Loses: saliency.grad_cam.weights, saliency.grad_cam.rectified, saliency.grad_cam.target, saliency.grad_cam.untouched
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
        (gradient,) = torch.autograd.grad(score, outputs[-1])

    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * outputs[-1]).sum(dim=1).relu().detach()
