import torch


def locate(scores, target, stride):
    n, k, h, w = scores.shape
    flat = scores[:, target].reshape(n, h * w).argmax(1)
    return torch.stack((flat // h, flat % h), 1) * stride
