"""The model is left in evaluation mode; put it back into the mode it came in.

Loses: saliency.cam.untouched
"""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    model.eval()
    with _outputs_of(layer) as outputs, torch.no_grad():
        classes = _classes(model(images), target)
        return torch.einsum("nk,nkhw->nhw", fc.weight[classes], outputs[-1])
