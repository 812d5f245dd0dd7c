"""z is clipped to avoid an overflow, which changes values that can be told apart.

Loses: activations.sigmoid.value
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -10, 10)))
