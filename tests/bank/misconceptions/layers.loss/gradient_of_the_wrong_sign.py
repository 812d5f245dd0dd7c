"""The sign is wrong: the gradient is softmax minus labels.

Loses: layers.loss.gradient
"""

import numpy as np


def softmax_cross_entropy_gradient(logits, one_hot):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return (one_hot - p) / len(p)
