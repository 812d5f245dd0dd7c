"""A column of the weights of fc is taken for a row: a row holds the weights of one class.

Loses: saliency.cam.map, saliency.cam.target
"""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs, torch.no_grad():
        classes = _classes(model(images), target)

        weights = fc.weight.reshape(fc.weight.shape[1], -1).T[classes]
        return torch.einsum("nk,nkhw->nhw", weights, outputs[-1])
