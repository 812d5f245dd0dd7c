"""The logarithm is missing: this is 1 less the softmax of the right class.

Loses: losses.cross_entropy.value
"""

import numpy as np


def cross_entropy(logits, labels):
    top = logits.max(axis=1)
    log_softmax = logits - top[:, None] - np.log(np.exp(logits - top[:, None]).sum(axis=1, keepdims=True))
    return (1 - np.exp(log_softmax[np.arange(len(labels)), labels])).mean()
