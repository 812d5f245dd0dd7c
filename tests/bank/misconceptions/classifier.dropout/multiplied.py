"""Entries that are kept are multiplied by 1 - p; divide by it.

Loses: classifier.dropout.training, classifier.dropout.evaluation
"""

import torch


def dropout(x, p, training):
    return x * (torch.rand_like(x) >= p) * (1 - p) if training else x
