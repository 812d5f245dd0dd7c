"""The hook is never removed, so that the model keeps what every later call computes.

Loses: saliency.cam.untouched
"""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    outputs = []
    layer.register_forward_hook(lambda module, inputs, output: outputs.append(output))
    with _evaluating(model), torch.no_grad():
        classes = _classes(model(images), target)
        return torch.einsum("nk,nkhw->nhw", fc.weight[classes], outputs[-1])
