"""The logarithm is left out: the loss is −ln of the label's probability.

Loses: layers.loss.value, layers.loss.stable
"""

import numpy as np


def softmax_cross_entropy(logits, one_hot):
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(one_hot * np.exp(logs)).sum() / len(logits)
