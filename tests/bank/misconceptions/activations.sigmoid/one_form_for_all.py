"""Which form is safe differs from entry to entry: choose for each, not for the whole array.

Loses: activations.sigmoid.value
"""

import numpy as np


def sigmoid(z):
    if np.mean(z) < 0:
        return np.exp(z) / (1 + np.exp(z))
    return 1 / (1 + np.exp(-z))
