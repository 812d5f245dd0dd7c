"""These are probabilities; return the scores.

Loses: localisation.response.values, localisation.response.sizes
"""

import torch
from torch.nn import functional


def response_map(features, fc, images):
    with _evaluating(features):
        return functional.conv2d(features(images), fc.weight[:, :, None, None], fc.bias).softmax(dim=1)
