import torch
import torch.nn.functional as F


def _maps(features, images):
    modes = [(m, m.training) for m in features.modules()]
    features.eval()
    with torch.no_grad():
        maps = features(images)
    for m, mode in modes:
        m.training = mode
    return maps


@torch.no_grad()
def response_map(features, fc, images):
    return fc(_maps(features, images).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


@torch.no_grad()
def sliding_scores(features, fc, images, window):
    rows, columns = window
    maps = _maps(features, images)
    # the dense layer on all places of a window is a convolution
    weight = fc.weight[:, :, None, None].repeat(1, 1, rows, columns)
    return F.conv2d(maps, weight, fc.bias) / (rows * columns)


def locate(scores, target, stride):
    w = scores.shape[3]
    best = scores[:, target].flatten(1).argmax(1)
    return stride * torch.stack([best // w, best % w], dim=1)
