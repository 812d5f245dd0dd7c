"""The map is divided by its largest number, which is 0/0 where it is zero: leave it raw.

Loses: saliency.grad_cam.weights, saliency.grad_cam.rectified, saliency.grad_cam.target
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
        (gradient,) = torch.autograd.grad(score, outputs[-1])

    weights = gradient.mean(dim=(2, 3), keepdim=True)
    maps = (weights * outputs[-1]).sum(dim=1).relu().detach()
    return maps / maps.amax(dim=(1, 2), keepdim=True)
