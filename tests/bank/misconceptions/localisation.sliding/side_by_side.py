"""Windows lie side by side: the stride of a pooling is its window unless another is given.

Loses: localisation.sliding.places
"""

from torch.nn import functional


def sliding_scores(features, fc, images, window):
    with _evaluating(features):
        maps = _at_each_place(fc, features(images))
    return functional.avg_pool2d(maps, window)
