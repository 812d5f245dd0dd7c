"""The batch is cut into parts whose means count the same, however many examples they hold.

Loses: losses.cross_entropy.value
"""

import numpy as np


def cross_entropy(logits, labels):
    means = []
    for first in range(0, len(labels), 32):
        part, right = logits[first : first + 32], labels[first : first + 32]
        shifted = part - part.max(axis=1, keepdims=True)
        losses = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(right)), right]
        means.append(losses.mean())
    return float(np.mean(means))
