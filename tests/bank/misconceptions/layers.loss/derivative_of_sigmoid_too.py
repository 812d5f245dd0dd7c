"""softmax minus labels is multiplied by p (1 − p) once more. It is the gradient by the logits already.

Loses: layers.loss.gradient, layers.loss.stable
"""

import numpy as np


def softmax_cross_entropy_gradient(logits, one_hot):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return (p - one_hot) * p * (1 - p) / len(p)
