"""A convolution layer that takes the weights over, which are reshaped."""

import torch
from torch.nn import functional


def response_map(features, fc, images):
    modes = {module: module.training for module in features.modules()}
    features.eval()
    conv = torch.nn.Conv2d(fc.in_features, fc.out_features, 1, bias=fc.bias is not None).to(fc.weight.dtype)
    conv.weight.data = fc.weight.data.view(fc.out_features, fc.in_features, 1, 1).clone()
    if fc.bias is not None:
        conv.bias.data = fc.bias.data.clone()
    with torch.no_grad():
        responses = conv(features(images))
    for module, mode in modes.items():
        module.training = mode
    return responses
