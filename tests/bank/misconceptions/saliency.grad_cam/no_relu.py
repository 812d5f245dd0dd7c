"""ReLU at the end is missing: where the map is negative it is to be 0.

Loses: saliency.grad_cam.rectified
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
        (gradient,) = torch.autograd.grad(score, outputs[-1])

    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * outputs[-1]).sum(dim=1).detach()
