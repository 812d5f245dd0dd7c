"""The gradient is a guided one: Grad-CAM takes it through rectifiers as they are.

Loses: saliency.grad_cam.weights, saliency.grad_cam.rectified, saliency.grad_cam.target
"""

import torch


def grad_cam(model, images, layer, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs:
        _, score = _scored(model, images, target)
        for node in _nodes_before(score):
            if node.name().startswith(RECTIFIERS):
                node.register_prehook(lambda gradients: tuple(each.clamp(min=0) for each in gradients))
        (gradient,) = torch.autograd.grad(score, outputs[-1])
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    return (weights * outputs[-1]).sum(dim=1).relu().detach()
