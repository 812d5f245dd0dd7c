import torch
import torch.nn.functional as F


@torch.no_grad()
def response_map(features, fc, images):
    kernels = fc.weight[:, :, None, None]
    return F.conv2d(features(images), kernels, fc.bias)
