import torch
import torch.nn.functional as F


def sliding_scores(features, fc, images, window):
    """Average and dense layer in one: a convolution whose kernel is the layer's weight, spread over the window."""
    rows, columns = window
    modes = {module: module.training for module in features.modules()}
    features.eval()
    try:
        maps = features(images)
    finally:
        for module, mode in modes.items():
            module.training = mode
    kernel = fc.weight[..., None, None].expand(-1, -1, rows, columns) / (rows * columns)
    return F.conv2d(maps, kernel, fc.bias)


def response_map(features, fc, images):
    return sliding_scores(features, fc, images, (1, 1))


def locate(scores, target, stride):
    """The last of equals, as 32 bits."""
    n, _, h, w = scores.shape
    flat = scores[:, target].reshape(n, h * w)
    places = h * w - 1 - flat.flip(1).argmax(1)
    return torch.stack(torch.unravel_index(places, (h, w)), dim=1).mul(stride).to(torch.int32)
