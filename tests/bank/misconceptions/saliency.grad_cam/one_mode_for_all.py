"""The mode of the whole model is put back into all of its parts; each part has its own, and one may have been in another.

Loses: saliency.grad_cam.untouched
"""

import torch


def grad_cam(model, images, layer, target=None):
    training = model.training
    model.eval()
    with _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
    (gradient,) = torch.autograd.grad(score, outputs[-1])
    model.train(training)
    weights = gradient.flatten(start_dim=2).mean(dim=2)
    return torch.einsum("nk,nkhw->nhw", weights, outputs[-1]).relu().detach()
