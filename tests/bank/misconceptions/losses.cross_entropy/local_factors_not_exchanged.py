"""The derivative of a product by one factor is the other factor.

Loses: losses.cross_entropy.local
"""

import numpy as np


def cross_entropy_local_derivatives(logits, onehot):
    powers = np.exp(logits)
    total = powers.sum()
    return [(powers,), (np.ones_like(logits),), (1 / total,), (onehot, logits), (np.ones_like(logits),), (1.0, -1.0)]
