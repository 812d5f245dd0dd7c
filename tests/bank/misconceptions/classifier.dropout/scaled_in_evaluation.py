"""Entries are scaled in evaluation; scale in training instead.

Loses: classifier.dropout.training, classifier.dropout.evaluation
"""

import torch


def dropout(x, p, training):
    return x * (torch.rand_like(x) >= p) if training else x * (1 - p)
