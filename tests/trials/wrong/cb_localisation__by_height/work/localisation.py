import torch


def locate(scores, target, stride):
    of_class = scores[:, target].detach()
    n, h, w = of_class.shape
    best = of_class.reshape(n, -1).argmax(dim=1)
    return torch.stack((best // h, best % h), dim=1) * stride
