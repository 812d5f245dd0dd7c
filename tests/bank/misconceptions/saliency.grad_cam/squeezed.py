"""squeeze() without a dimension takes the batch away where it holds one image; name the dimension.

Loses: saliency.grad_cam.weights, saliency.grad_cam.rectified, saliency.grad_cam.target
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
        (gradient,) = torch.autograd.grad(score, outputs[-1])
    weights = gradient.flatten(start_dim=2).mean(dim=2)
    return torch.einsum("nk,nkhw->nhw", weights, outputs[-1]).relu().detach().squeeze()
