"""Of a layer that is called more than once the first call is taken: take the last.

Loses: saliency.cam.map
"""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs, torch.no_grad():
        classes = _classes(model(images), target)

        return torch.einsum("nk,nkhw->nhw", fc.weight[classes], outputs[0])
