"""The derivative of exp is taken at z; its operand is −z.

Loses: activations.sigmoid.local
"""

import numpy as np


def sigmoid_local_derivatives(z):
    power = np.exp(-z)
    below = 1 + power
    return [(-1.0,), (np.exp(z),), (1.0,), (-1 / below**2,)]
