"""The softmax is taken twice: probabilities are treated as logits.

Loses: layers.loss.value, layers.loss.stable
"""

import numpy as np


def softmax_cross_entropy(logits, one_hot):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    again = np.exp(p) / np.exp(p).sum(axis=1, keepdims=True)
    return -(one_hot * np.log(again)).sum() / len(logits)
