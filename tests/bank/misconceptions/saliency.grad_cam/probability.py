"""The softmax probability is differentiated; take the score itself, which comes before the softmax.

Loses: saliency.grad_cam.weights, saliency.grad_cam.rectified, saliency.grad_cam.target
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        scores = model(images.detach().clone().requires_grad_())
        score = scores.softmax(dim=1).gather(1, _classes(scores, target)[:, None]).sum()
        (gradient,) = torch.autograd.grad(score, outputs[-1])
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * outputs[-1]).sum(dim=1).relu().detach()
