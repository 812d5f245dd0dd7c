"""The same number of entries is dropped in each call: drop each entry with probability p, by itself.

Loses: classifier.dropout.training, classifier.dropout.evaluation
Unnamed: because it draws otherwise each time.
"""

import torch


def dropout(x, p, training):
    if not training:
        return x
    mask = torch.ones(x.numel(), dtype=x.dtype)
    mask[torch.randperm(x.numel())[: round(p * x.numel())]] = 0
    return x * mask.reshape(x.shape) / (1 - p)
