"""The labels are left out: the gradient is softmax minus labels.

Loses: layers.loss.gradient, layers.loss.stable
"""

import numpy as np


def softmax_cross_entropy_gradient(logits, one_hot):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return p / len(p)
