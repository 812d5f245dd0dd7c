"""The chain rule is applied already: a local derivative is that of the one stage.

Loses: losses.cross_entropy.local
"""

import numpy as np


def cross_entropy_local_derivatives(logits, onehot):
    powers = np.exp(logits)
    total = powers.sum()
    return [(powers,), (np.ones_like(logits),), (powers / total,), (logits, onehot), (np.ones_like(logits),), (1.0, -1.0)]
