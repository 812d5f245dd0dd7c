"""Of a layer that is called more than once the first call is taken: take the last.

Loses: saliency.grad_cam.target
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
        (gradient,) = torch.autograd.grad(score, outputs[0])
    weights = gradient.flatten(start_dim=2).mean(dim=2)
    return torch.einsum("nk,nkhw->nhw", weights, outputs[0]).relu().detach()
