"""The last stage holds the derivative of the whole function; give that of the reciprocal alone.

Loses: activations.sigmoid.local
"""

import numpy as np


def sigmoid_local_derivatives(z):
    power = np.exp(-z)
    below = 1 + power
    return [(-1.0,), (power,), (1.0,), (power / below**2,)]
