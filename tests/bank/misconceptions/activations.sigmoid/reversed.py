"""The stages stand in the order of the decomposition, the first one first.

Loses: activations.sigmoid.local
"""

import numpy as np


def sigmoid_local_derivatives(z):
    power = np.exp(-z)
    below = 1 + power
    return [(-1 / below**2,), (1.0,), (power,), (-1.0,)]
