"""squeeze() without a dimension takes the batch away where it holds one image; name the dimension.

Loses: saliency.cam.map
"""

import torch


def class_activation_map(model, images, layer, fc, target=None):
    with _evaluating(model), _outputs_of(layer) as outputs, torch.no_grad():
        classes = _classes(model(images), target)
        weights = fc.weight[classes][:, :, None, None]
        return (weights * outputs[-1]).sum(1, keepdim=True).squeeze()
