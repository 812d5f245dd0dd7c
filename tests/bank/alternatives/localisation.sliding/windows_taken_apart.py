"""Windows by unfold, and their means."""

from torch.nn import functional


def sliding_scores(features, fc, images, window):
    with _evaluating(features):
        scores = _at_each_place(fc, features(images))
    return scores.unfold(2, window[0], 1).unfold(3, window[1], 1).mean(dim=(-1, -2))
