"""Dropout is on in evaluation too: there every entry passes as it is.

Loses: classifier.dropout.evaluation
"""

import torch


def dropout(x, p, training):
    return x * (torch.rand_like(x) >= p) / (1 - p)
