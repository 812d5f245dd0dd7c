"""The window is ignored: these are the responses to each place.

Loses: localisation.sliding.places, localisation.sliding.own_size
"""

from torch.nn import functional


def sliding_scores(features, fc, images, window):
    with _evaluating(features):
        maps = _at_each_place(fc, features(images))
    return maps
