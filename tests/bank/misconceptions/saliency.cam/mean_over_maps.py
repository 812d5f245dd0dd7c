"""The weighed feature maps are averaged; they are to be added up, so that the mean of a map is the score.

Loses: saliency.cam.map, saliency.cam.target
"""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs, torch.no_grad():
        classes = _classes(model(images), target)

        return torch.einsum("nk,nkhw->nhw", fc.weight[classes], outputs[-1]) / outputs[-1].shape[1]
