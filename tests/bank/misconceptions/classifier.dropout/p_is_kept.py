"""p is the probability to be dropped, not to be kept.

Loses: classifier.dropout.training, classifier.dropout.evaluation
"""

import torch


def dropout(x, p, training):
    return x * (torch.rand_like(x) < p) / p if training and p > 0 else x
