import torch
from torch import nn
import torch.nn.functional as F


def _features(features, images):
    mode = features.training
    features.eval()
    with torch.no_grad():
        maps = features(images)
    features.train(mode)
    return maps


def _dense(fc, maps):
    with torch.no_grad():
        return F.conv2d(maps, fc.weight[:, :, None, None], fc.bias)


def response_map(features: nn.Module, fc: nn.Linear, images):
    return _dense(fc, _features(features, images))


def sliding_scores(features, fc, images, window):
    pooled = F.avg_pool2d(_features(features, images), kernel_size=tuple(window), stride=1)
    return _dense(fc, pooled)


def locate(scores, target, stride):
    best = scores[:, target].flatten(1).argmax(dim=1)
    return torch.stack(torch.unravel_index(best, scores.shape[2:]), dim=1) * stride
