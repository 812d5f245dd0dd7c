"""The maps are enlarged to the image's size; return them as they are.

Loses: localisation.response.values, localisation.response.sizes, localisation.response.untouched
"""

import torch
from torch.nn import functional


def response_map(features, fc, images):
    with _evaluating(features):
        maps = functional.conv2d(features(images), fc.weight[:, :, None, None], fc.bias)
        return functional.interpolate(maps, images.shape[2:], mode="bilinear")
