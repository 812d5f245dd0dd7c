"""This is the squared error of the probabilities; the cross-entropy is asked for.

Loses: layers.loss.value, layers.loss.stable
"""

import numpy as np


def softmax_cross_entropy(logits, one_hot):
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return ((np.exp(logs) - one_hot) ** 2).sum() / len(logits)
