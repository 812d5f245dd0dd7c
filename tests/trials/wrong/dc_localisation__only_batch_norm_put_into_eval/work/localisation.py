import torch


def _feature_maps(features, images):
    modes = [(module, module.training) for module in features.modules()]
    for module in features.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.eval()
    with torch.no_grad():
        maps = features(images.clone())
    for module, mode in modes:
        module.training = mode
    return maps


def _judged(fc, maps):
    scores = torch.einsum("nfij,kf->nkij", maps, fc.weight.detach())
    return scores if fc.bias is None else scores + fc.bias.detach()[:, None, None]


def response_map(features, fc, images):
    return _judged(fc, _feature_maps(features, images))


def sliding_scores(features, fc, images, window):
    rows, columns = window
    maps = _feature_maps(features, images)
    return _judged(fc, maps.unfold(2, rows, 1).unfold(3, columns, 1).mean(dim=(4, 5)))


def locate(scores, target, stride):
    flat = scores[:, target].flatten(1).argmax(dim=1)
    columns = scores.shape[3]
    return torch.stack([flat // columns, flat % columns], dim=1) * stride
