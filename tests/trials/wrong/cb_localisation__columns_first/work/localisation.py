import torch
import torch.nn.functional as F


def features_of(features, images):
    """The feature maps in evaluation mode; each module gets its mode back."""
    modes = [m.training for m in features.modules()]
    features.eval()
    try:
        with torch.no_grad():
            return features(images)
    finally:
        for m, mode in zip(features.modules(), modes):
            m.training = mode


def sliding_scores(features, fc, images, window):
    maps = features_of(features, images)
    means = F.avg_pool2d(maps, tuple(window)[::-1], stride=1)
    weight = fc.weight.detach()[..., None, None]
    return F.conv2d(means, weight, fc.bias.detach() if fc.bias is not None else None)
