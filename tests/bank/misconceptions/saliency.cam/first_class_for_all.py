"""The first image's class is taken for all images: each has its own.

Loses: saliency.cam.map, saliency.cam.target
"""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs, torch.no_grad():
        classes = _classes(model(images), target)

        return torch.einsum("k,nkhw->nhw", fc.weight[classes[0]], outputs[-1])
