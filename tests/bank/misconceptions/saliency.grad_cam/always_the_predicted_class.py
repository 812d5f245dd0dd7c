"""The class asked for is ignored: this is the map of the predicted one.

Loses: saliency.grad_cam.target
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        _, score = _scored(model, images, None)
        (gradient,) = torch.autograd.grad(score, outputs[-1])

    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * outputs[-1]).sum(dim=1).relu().detach()
