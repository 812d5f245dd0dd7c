"""The labels themselves are written over. They are still needed, so work on a new array.

Loses: layers.loss.gradient
"""

import numpy as np


def softmax_cross_entropy_gradient(logits, one_hot):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    one_hot -= p
    return one_hot / -len(p)
