"""The logarithm of a probability of 0 is minus infinity. Take the logarithm of the quotient apart: ln softmax =
shifted logits − ln of their sum of powers.

Loses: layers.loss.stable
"""

import numpy as np


def softmax_cross_entropy(logits, one_hot):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore"):
        return -np.log(p[one_hot == 1]).mean()
