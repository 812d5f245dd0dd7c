"""Each entry decides for itself, not the sum of all.

Loses: activations.relu.value
"""

import numpy as np


def relu(z):
    return z if z.sum() > 0 else np.zeros_like(z)
