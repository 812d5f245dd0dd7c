"""The derivative of negate is −1, not 1.

Loses: activations.sigmoid.local
"""

import numpy as np


def sigmoid_local_derivatives(z):
    power = np.exp(-z)
    below = 1 + power
    return [(1.0,), (power,), (1.0,), (-1 / below**2,)]
