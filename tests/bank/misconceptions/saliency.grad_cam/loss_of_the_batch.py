"""The gradient is that of the cross-entropy: take the score itself.

Loses: saliency.grad_cam.weights, saliency.grad_cam.rectified, saliency.grad_cam.target
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        scores = model(images.detach().clone().requires_grad_())
        loss = torch.nn.functional.cross_entropy(scores, _classes(scores, target))
        (gradient,) = torch.autograd.grad(loss, outputs[-1])
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * outputs[-1]).sum(dim=1).relu().detach()
