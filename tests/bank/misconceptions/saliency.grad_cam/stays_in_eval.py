"""The model is left in evaluation mode; put it back into the mode it came in.

Loses: saliency.grad_cam.untouched
"""

import torch


def grad_cam(model, images, layer, target=None):
    model.eval()
    with _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
        (gradient,) = torch.autograd.grad(score, outputs[-1])

    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * outputs[-1]).sum(dim=1).relu().detach()
