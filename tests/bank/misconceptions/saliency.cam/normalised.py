"""The map is scaled to 0 … 1: return it raw.

Loses: saliency.cam.map, saliency.cam.target
"""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs, torch.no_grad():
        classes = _classes(model(images), target)

        maps = torch.einsum("nk,nkhw->nhw", fc.weight[classes], outputs[-1])
        least, most = maps.amin(dim=(1, 2), keepdim=True), maps.amax(dim=(1, 2), keepdim=True)
        return (maps - least) / (most - least)
