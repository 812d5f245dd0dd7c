import torch


def dropout(x, p, training):
    if training and p > 0:
        gone = torch.rand(x.shape) < p
        with torch.no_grad():
            x[gone] = 0.0
        return x / (1.0 - p)
    return x
