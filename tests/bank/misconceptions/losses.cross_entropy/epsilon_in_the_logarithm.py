"""An epsilon within the logarithm makes large losses finite and wrong: take a logit less the logarithm of the sum.

Loses: losses.cross_entropy.value
"""

import numpy as np


def cross_entropy(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    softmax = powers / powers.sum(axis=1, keepdims=True)
    return -np.log(softmax[np.arange(len(labels)), labels] + 1e-12).mean()
