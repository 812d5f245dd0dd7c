"""The greatest logit of the whole batch is subtracted: an example far below it loses all its exponentials.

Loses: losses.cross_entropy.value, losses.cross_entropy.gradient
"""

import numpy as np


def cross_entropy(logits, labels):
    shifted = logits - logits.max()
    return (np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(labels)), labels]).mean()


def cross_entropy_gradient(logits, labels):
    powers = np.exp(logits - logits.max())
    softmax = powers / powers.sum(axis=1, keepdims=True)
    softmax[np.arange(len(labels)), labels] -= 1
    return softmax / len(labels)
