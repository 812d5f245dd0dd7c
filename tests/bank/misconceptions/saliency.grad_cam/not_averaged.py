"""The gradient is not averaged over the places: every place has its own weight.

Loses: saliency.grad_cam.weights, saliency.grad_cam.rectified, saliency.grad_cam.target
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
        (gradient,) = torch.autograd.grad(score, outputs[-1])

    return (gradient * outputs[-1]).sum(dim=1).relu().detach()
