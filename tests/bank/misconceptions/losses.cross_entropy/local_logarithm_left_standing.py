"""The derivative of the logarithm is 1 over its operand, not the operand.

Loses: losses.cross_entropy.local
"""

import numpy as np


def cross_entropy_local_derivatives(logits, onehot):
    powers = np.exp(logits)
    total = powers.sum()
    return [(powers,), (np.ones_like(logits),), (total,), (logits, onehot), (np.ones_like(logits),), (1.0, -1.0)]
