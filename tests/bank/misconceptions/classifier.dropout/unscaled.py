"""Entries that are kept are not scaled: divide them by 1 - p in training.

Loses: classifier.dropout.training, classifier.dropout.evaluation
"""

import torch


def dropout(x, p, training):
    return x * (torch.rand_like(x) >= p) if training else x
