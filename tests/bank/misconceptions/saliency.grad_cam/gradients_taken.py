"""zero_grad() takes gradients away that were there; leave the `.grad` of parameters as it was.

Loses: saliency.grad_cam.untouched
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
        model.zero_grad()
        (gradient,) = torch.autograd.grad(score, outputs[-1])
    weights = gradient.flatten(start_dim=2).mean(dim=2)
    return torch.einsum("nk,nkhw->nhw", weights, outputs[-1]).relu().detach()
