"""The mode of the whole model is put back into all of its parts; each part has its own, and one may have been in another.

Loses: saliency.cam.untouched
"""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    training = model.training
    model.eval()
    with _outputs_of(layer) as outputs, torch.no_grad():
        classes = _classes(model(images), target)
    model.train(training)
    return torch.einsum("nk,nkhw->nhw", fc.weight[classes], outputs[-1])
