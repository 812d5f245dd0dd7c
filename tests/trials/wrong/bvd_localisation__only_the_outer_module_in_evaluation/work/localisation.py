import torch
import torch.nn.functional as F


def _maps(features, images):
    mode = features.training
    features.training = False
    with torch.no_grad():
        maps = features(images)
    features.training = mode
    return maps


@torch.no_grad()
def response_map(features, fc, images):
    return fc(_maps(features, images).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


@torch.no_grad()
def sliding_scores(features, fc, images, window):
    pooled = F.avg_pool2d(_maps(features, images), tuple(window), stride=1)
    return fc(pooled.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


def locate(scores, target, stride):
    w = scores.shape[3]
    best = scores[:, target].flatten(1).argmax(1)
    return stride * torch.stack([best // w, best % w], dim=1)
