"""The last windows are left out, at the lower and the right end.

Loses: localisation.sliding.places
"""

from torch.nn import functional


def sliding_scores(features, fc, images, window):
    with _evaluating(features):
        maps = _at_each_place(fc, features(images))
    scores = functional.avg_pool2d(maps, window, stride=1)
    return scores[:, :, : max(1, scores.shape[2] - 1), : max(1, scores.shape[3] - 1)]
