"""The pooling is left in: this is one score for the whole image, not one for each place.

Loses: localisation.response.values, localisation.response.sizes, localisation.response.untouched
"""

import torch
from torch.nn import functional


def response_map(features, fc, images):
    with _evaluating(features):
        return fc(features(images).mean(dim=(2, 3)))[:, :, None, None]
