"""Whole rows are dropped; each entry is to be drawn by itself.

Loses: classifier.dropout.training, classifier.dropout.evaluation
"""

import torch


def dropout(x, p, training):
    return x * (torch.rand(x.shape[:-1])[..., None] >= p) / (1 - p) if training else x
