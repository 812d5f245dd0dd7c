"""The loss is divided by the number of classes too; the mean is over the examples only.

Loses: losses.cross_entropy.value, losses.cross_entropy.gradient
"""

import numpy as np


def cross_entropy(logits, labels):
    top = logits.max(axis=1)
    log_softmax = logits - top[:, None] - np.log(np.exp(logits - top[:, None]).sum(axis=1, keepdims=True))
    onehot = np.eye(logits.shape[1])[labels]
    return np.mean(-onehot * log_softmax)


def cross_entropy_gradient(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    softmax = powers / powers.sum(axis=1, keepdims=True)
    onehot = np.eye(logits.shape[1])[labels]
    return (softmax - onehot) / logits.size
