"""The exponentials of large logits are infinite: subtract each example's greatest logit first.

Loses: losses.cross_entropy.value, losses.cross_entropy.gradient
"""

import numpy as np


def cross_entropy(logits, labels):
    powers = np.exp(logits)
    softmax = powers / powers.sum(axis=1, keepdims=True)
    return -np.log(softmax[np.arange(len(labels)), labels]).mean()


def cross_entropy_gradient(logits, labels):
    powers = np.exp(logits)
    softmax = powers / powers.sum(axis=1, keepdims=True)
    softmax[np.arange(len(labels)), labels] -= 1
    return softmax / len(labels)
