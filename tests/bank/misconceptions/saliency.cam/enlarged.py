"""The map is enlarged to the image's size: return it with the size of the feature maps.

Loses: saliency.cam.map, saliency.cam.target
"""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs, torch.no_grad():
        classes = _classes(model(images), target)

        maps = torch.einsum("nk,nkhw->nhw", fc.weight[classes], outputs[-1])
        return torch.nn.functional.interpolate(maps[:, None], size=images.shape[2:], mode="bilinear")[:, 0]
