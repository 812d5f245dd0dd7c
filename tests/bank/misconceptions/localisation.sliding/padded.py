"""The map is padded; windows lie within it.

Loses: localisation.sliding.places, localisation.sliding.own_size
"""

from torch.nn import functional


def sliding_scores(features, fc, images, window):
    with _evaluating(features):
        maps = _at_each_place(fc, features(images))
    padding = window[0] // 2, window[1] // 2
    return functional.avg_pool2d(maps, window, stride=1, padding=padding)
