"""A sum over the features written as one."""

import torch
from torch.nn import functional


def response_map(features, fc, images):
    modes = {module: module.training for module in features.modules()}
    maps = features.eval()(images)
    for module, mode in modes.items():
        module.training = mode
    scores = torch.einsum("kf,nfij->nkij", fc.weight, maps)
    return scores if fc.bias is None else scores + fc.bias.view(1, -1, 1, 1)
