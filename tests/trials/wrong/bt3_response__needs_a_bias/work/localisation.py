import torch


def response_map(features, fc, images):
    modes = {m: m.training for m in features.modules()}
    features.eval()
    with torch.no_grad():
        maps = features(images)
        out = (maps.unsqueeze(1) * fc.weight[None, :, :, None, None]).sum(2) + fc.bias.view(1, -1, 1, 1)
    for m, mode in modes.items():
        m.training = mode
    return out
