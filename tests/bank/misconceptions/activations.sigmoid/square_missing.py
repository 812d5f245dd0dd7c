"""The square is missing: the derivative of 1/u is −1/u².

Loses: activations.sigmoid.local
"""

import numpy as np


def sigmoid_local_derivatives(z):
    power = np.exp(-z)
    below = 1 + power
    return [(-1.0,), (power,), (1.0,), (-1 / below,)]
