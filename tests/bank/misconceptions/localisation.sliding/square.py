"""The window has as many columns as rows here; they may differ.

Loses: localisation.sliding.places, localisation.sliding.own_size
"""

from torch.nn import functional


def sliding_scores(features, fc, images, window):
    with _evaluating(features):
        maps = _at_each_place(fc, features(images))
    return functional.avg_pool2d(maps, window[0], stride=1)
