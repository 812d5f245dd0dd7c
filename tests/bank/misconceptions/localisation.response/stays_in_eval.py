"""Features and dense layer stay in evaluation mode; give them back in the mode in which they came.

Loses: localisation.response.untouched
"""

import torch
from torch.nn import functional


def response_map(features, fc, images):
    features.eval()
    return functional.conv2d(features(images), fc.weight[:, :, None, None], fc.bias)
