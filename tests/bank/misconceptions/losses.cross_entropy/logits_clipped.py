"""Clipping the logits changes the loss: subtract each example's greatest logit instead.

Loses: losses.cross_entropy.value, losses.cross_entropy.gradient
"""

import numpy as np


def cross_entropy(logits, labels):
    logits = np.clip(logits, -500, 500)
    return (np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels]).mean()


def cross_entropy_gradient(logits, labels):
    powers = np.exp(np.clip(logits, -500, 500))
    softmax = powers / powers.sum(axis=1, keepdims=True)
    softmax[np.arange(len(labels)), labels] -= 1
    return softmax / len(labels)
